import assert from 'node:assert/strict';
import { join } from 'node:path';
import { InputError, RefusedError } from '../../../../../src/common/errors.js';
import { openAws } from '../../../../../src/platform/aws/index.js';
import { projectKey } from '../../../../../src/platform/permissions/grants.js';
import { addTrust, removeTrust } from '../../../../../src/platform/permissions/trust.js';
import type { Project } from '../../../../../src/project/schema.js';
import { temporaryFolder } from '../../../../support/temporary.js';

const away = 'https://s3.example.com';

describe('an endpointUrl of mlops.json', () => {
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  const project = { folder: folder.path, file: { name: 'churn' } } as Project;
  const open = (endpointUrl: string, inContainer = false) =>
    openAws(project, 'prod', { kind: 'aws', region: 'eu-west-1', endpointUrl }, { inContainer });
  const trust = (change: object = {}) =>
    addTrust({ ...projectKey(project), environment: 'prod', endpointUrl: away, since: '2026-11-21', ...change });

  beforeEach(() => {
    delete process.env.AWS_ENDPOINT_URL;
    process.env.XDG_CONFIG_HOME = join(folder.path, 'config');
  });
  afterEach(() => removeTrust({ ...projectKey(project), environment: 'prod' }));
  after(() => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    Object.assign(process.env, before_);
    folder.remove();
  });

  for (const here of ['http://127.0.0.1:4566', 'http://localhost:4566', 'http://[::1]:4566', 'https://127.9.9.9'])
    it(`is used as it is on this machine: ${here}`, () => open(here));

  it('elsewhere opens nothing before its user confirmed it, and says how', async () => {
    await assert.rejects(open(away), (error: Error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /prod: mlops\.json sends its calls to https:\/\/s3\.example\.com instead of AWS/);
      assert.match(error.message, /mlops env trust prod https:\/\/s3\.example\.com$/);
      return true;
    });
    await trust();
    assert.equal((await open(away)).name, 'prod');
  });

  for (const [title, change] of Object.entries({
    'another folder': { folder: '/elsewhere' },
    'another project': { project: 'other' },
    'another environment': { environment: 'staging' },
    'another address': { endpointUrl: `${away}:8443` },
  }))
    it(`is not opened by what was confirmed for ${title}`, async () => {
      await trust(change);
      await assert.rejects(open(away), RefusedError);
    });

  it('is fine where its user says the same by a variable, and in a container', async () => {
    await open(away, true);
    process.env.AWS_ENDPOINT_URL = away;
    await open(away);
    process.env.AWS_ENDPOINT_URL = 'https://s3.example.org';
    await assert.rejects(open(away), RefusedError);
  });

  for (const [what, address] of Object.entries({
    'in the clear': 'http://s3.example.com',
    'in the clear to a name that only looks like this machine': 'http://127.0.0.1.example.com',
    'in the clear below localhost, which a name server may answer': 'http://s3.localhost',
    'with a password in it': 'https://me:secret@s3.example.com',
    'of another kind': 'ftp://s3.example.com',
    'that is none': 's3.example.com',
  }))
    it(`never goes ${what}, whoever confirmed it`, async () => {
      await trust({ endpointUrl: address });
      await assert.rejects(open(address), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, /^mlops\.json: environments\.prod\.endpointUrl: found .*expected/);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    });
});
