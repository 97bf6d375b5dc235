import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import {
  addGrant,
  readGrants,
  removeGrants,
  usedEnvironment,
  useEnvironment,
} from '../../../../src/platform/permissions/grants.js';
import { addTrust, isTrusted } from '../../../../src/platform/permissions/trust.js';
import { grantsFile } from '../../../../src/platform/permissions/user-file.js';
import { temporaryFolder } from '../../../support/temporary.js';

const which = { folder: '/projects/churn', project: 'churn', environment: 'prod' };
const grant = { ...which, account: '123456789012', since: '2026-11-21T09:00:00.000Z' };

describe('where a user has writing on', () => {
  const folder = temporaryFolder();
  let path: string;
  let number = 0;
  beforeEach(() => (path = join(folder.path, String(++number), 'mlops-workbench', 'environments.json')));
  after(() => folder.remove());

  it('is nowhere at first', () => assert.deepEqual(readGrants(path), []));

  it('is kept in a file that only its user may read or write', async () => {
    await addGrant(grant, path);
    await addGrant(grant, path);
    assert.deepEqual(readGrants(path), [grant]);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  });

  it('is turned off for every account, and for that environment alone', async () => {
    const other = { ...grant, environment: 'staging' };
    for (const one of [grant, { ...grant, account: '210987654321' }, other]) await addGrant(one, path);
    const gone = await removeGrants(which, path);
    assert.equal(gone.length, 2);
    assert.deepEqual(readGrants(path), [other]);
  });

  it('keeps what several say at once, and leaves no lock behind', async () => {
    const accounts = Array.from({ length: 12 }, (_, index) => String(100_000_000_000 + index));
    await Promise.all([
      ...accounts.map((account) => addGrant({ ...grant, account }, path)),
      useEnvironment(which, path),
      addTrust({ ...which, endpointUrl: 'https://s3.example.com', since: grant.since }, path),
    ]);
    assert.deepEqual(
      readGrants(path)
        .map(({ account }) => account)
        .sort(),
      accounts.sort(),
    );
    assert.equal(usedEnvironment(which, path), 'prod');
    assert.ok(isTrusted(which, 'https://s3.example.com', path));
    assert.deepEqual(readdirSync(dirname(path)), ['environments.json']);
  });

  it('is changed although a process died while it held the lock', async () => {
    mkdirSync(dirname(path), { recursive: true });
    const dead = { pid: 2 ** 22 + 1, processStart: 'gone', host: hostname(), nonce: 'n' };
    writeFileSync(`${path}.lock`, JSON.stringify({ ...dead, purpose: 'p', startedAt: grant.since }));
    await addGrant(grant, path);
    assert.deepEqual(readGrants(path), [grant]);
  });

  it('counts for nothing when others may change the file', async () => {
    await addGrant(grant, path);
    chmodSync(path, 0o666);
    assert.throws(() => readGrants(path), /others may change it.*chmod 600/);
  });

  it('counts for nothing when the file is damaged', () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '{ "writing": [{}] }', { mode: 0o600 });
    assert.throws(() => readGrants(path), /not a list of environments/);
  });

  it('lies in the XDG folder where one is set, and relative ones are ignored', () => {
    assert.equal(grantsFile({ XDG_CONFIG_HOME: '/x' }), '/x/mlops-workbench/environments.json');
    assert.match(grantsFile({ XDG_CONFIG_HOME: 'x' }), /\/\.config\/mlops-workbench\/environments\.json$/);
  });

  it('keeps the chosen environment of each project, beside what may be written', async () => {
    await addGrant(grant, path);
    await useEnvironment(which, path);
    await useEnvironment({ ...which, environment: 'staging' }, path);
    await useEnvironment({ ...which, folder: '/projects/other' }, path);
    assert.equal(usedEnvironment(which, path), 'staging');
    assert.equal(usedEnvironment({ folder: '/projects/copy', project: 'churn' }, path), undefined);
    assert.deepEqual(readGrants(path), [grant]);
  });
});
