import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, UntrustedCommand } from '../../../../src/common/errors.js';
import {
  allowCommands,
  allowedCommands,
  requireTrusted,
  revokeCommands,
} from '../../../../src/platform/permissions/command-trust.js';
import { addGrant, readGrants } from '../../../../src/platform/permissions/grants.js';
import { temporaryFolder } from '../../../support/temporary.js';

const command = ['python', 'train.py', '--rounds', '3'];

describe('a command that a project names', () => {
  const folder = temporaryFolder();
  let number = 0;
  let project: string;
  let file: string;
  beforeEach(() => {
    const place = join(folder.path, String(++number));
    project = join(place, 'project');
    file = join(place, 'user', 'environments.json');
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, 'mlops.json'), '{}');
  });
  after(() => folder.remove());

  const refused = (place: string, words: string[] = command) =>
    assert.throws(
      () => requireTrusted(place, words, 'train', file),
      (error) => {
        assert.ok(error instanceof UntrustedCommand);
        assert.equal(error.exitCode, ExitCode.refused);
        assert.match(error.message, /allow it with: mlops trust -- python /);
        return true;
      },
    );

  it('runs only after its user allowed it, and its text is said', async () => {
    refused(project);
    assert.throws(() => requireTrusted(project, command, 'train', file), /train: .*: python train\.py --rounds 3;/);
    await allowCommands(project, [command], file);
    requireTrusted(project, command, 'train', file);
  });

  it('asks again for every other text, also where a word was cut in two', async () => {
    await allowCommands(project, [command], file);
    for (const words of [
      ['python', 'train.py', '--rounds', '4'],
      ['python', 'train.py', '--rounds 3'],
      ['python', 'train.py', '--rounds'],
      [...command, ''],
    ])
      refused(project, words);
  });

  it('asks again in a copy of the folder, and in another one that takes its path over', async () => {
    await allowCommands(project, [command], file);
    const copy = `${project}-copy`;
    cpSync(project, copy, { recursive: true });
    refused(copy);
    renameSync(project, `${project}-gone`);
    refused(`${project}-gone`);
    renameSync(copy, project);
    refused(project);
  });

  it('asks again in a folder that is made where a removed one was, even by its number on the disk', async () => {
    await allowCommands(project, [command], file);
    rmSync(project, { recursive: true });
    mkdirSync(project);
    refused(project);
  });

  it('is the same by whatever link its folder is reached', async () => {
    await allowCommands(project, [command], file);
    symlinkSync(project, `${project}-link`);
    requireTrusted(`${project}-link`, command, 'train', file);
  });

  it('is allowed no more when it was revoked, while other folders keep what they may', async () => {
    const other = `${project}-other`;
    mkdirSync(other);
    await allowCommands(project, [command, ['node', 'serve.js']], file);
    await allowCommands(other, [command], file);
    assert.equal((await revokeCommands(project, file)).length, 2);
    refused(project);
    assert.deepEqual(allowedCommands(project, file), []);
    requireTrusted(other, command, 'train', file);
  });

  it('is kept beside what its user allows elsewhere, once however often it is allowed', async () => {
    const grant = { folder: project, project: 'churn', environment: 'prod', account: '123456789012', since: 'now' };
    await addGrant(grant, file);
    await allowCommands(project, [command], file);
    await allowCommands(project, [command], file);
    assert.deepEqual(readGrants(file), [grant]);
    assert.equal(allowedCommands(project, file).length, 1);
  });
});
