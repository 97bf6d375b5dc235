import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { ApiUsers } from '../../../../src/documents/api-users.js';
import { apiExample, serveApi, type ServedApi } from '../../../support/served-api.js';
import { machine, machinePredictor as predictor, machineUsers, password } from '../../../support/served-machines.js';

describe('browsers that ask an api', function () {
  this.timeout(10_000);
  let served: ServedApi;
  before(async () => {
    const users = machineUsers();
    served = await serveApi(predictor, apiExample('machines'), { users: () => users });
  });
  after(() => served.close());
  const tokenOf = async (username: string) =>
    (await served.ask('/auth/login', { username, password }, { token: '' })).body.access_token as string;

  const preflight = (origin: string, path = '/predict') =>
    served.ask(path, undefined, {
      method: 'OPTIONS',
      token: '',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('lets pages of the named origin call, and no others', async () => {
    const named = await preflight('https://app.example.org');
    assert.deepEqual(
      [
        named.status,
        named.headers.get('access-control-allow-origin'),
        named.headers.get('access-control-allow-methods'),
      ],
      [204, 'https://app.example.org', 'POST'],
    );
    assert.match(named.headers.get('access-control-allow-headers')!, /authorization/);
    const headers = { origin: 'https://app.example.org' };
    const asked = await served.ask('/predict', machine, { token: await tokenOf('pia'), headers });
    assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin')], [200, headers.origin]);
    for (const origin of [
      'https://evil.example.org',
      'http://app.example.org',
      'https://app.example.org:8443',
      'null',
      'https://app.example.org.evil.com',
    ]) {
      const other = await preflight(origin);
      assert.deepEqual([other.status, other.headers.get('access-control-allow-origin')], [403, null], origin);
    }
    const elsewhere = await preflight('https://app.example.org', '/invocations');
    assert.deepEqual(
      [elsewhere.status, elsewhere.headers.get('access-control-allow-origin')],
      [403, null],
      'the api alone',
    );
  });

  it('are told to make nothing of an answer but data', async () => {
    const { headers } = await served.ask('/predict', machine, { token: '' });
    assert.deepEqual(
      ['x-content-type-options', 'x-frame-options', 'strict-transport-security'].map(
        (name) => headers.get(name) !== null,
      ),
      [true, true, true],
    );
  });

  it('show a page to try requests that loads nothing from elsewhere and says nothing by itself', async () => {
    const { status, text, headers } = await served.ask('/docs', undefined, { token: '' });
    assert.equal(status, 200);
    const policy = headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'; script-src 'sha256-/);
    assert.ok(!policy.includes('unsafe') && !/https?:/.test(text) && !text.includes('volt'));
    assert.equal((await served.ask('/openapi.json', undefined, { token: '' })).status, 401);
  });
});

describe('the description of an api', () => {
  for (const name of ['drives', 'houses', 'bikes', 'machines', 'patients'] as const)
    it(`is a valid OpenAPI 3.1 document: ${name}`, async () => {
      const users = (): ApiUsers => ({ kind: 'api-users', schemaVersion: 1, key: 'k'.repeat(44), users: [] });
      const api = apiExample(name);
      const served = await serveApi(predictor, api.auth?.kind === 'jwt' ? { ...api, auth: undefined } : api, { users });
      const { body, status } = await served.ask('/openapi.json');
      await served.close();
      assert.equal(status, 200);
      const validator = new Validator();
      const { valid, errors } = await validator.validate(body);
      assert.ok(valid, JSON.stringify(errors));
      assert.equal(validator.version, '3.1');
      for (const path of Object.keys(api.routes)) assert.ok(path in (body.paths as object), path);
    });
});
