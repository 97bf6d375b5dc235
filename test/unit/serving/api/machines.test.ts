import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiUsers } from '../../../../src/documents/api-users.js';
import { apiExample, endpointToken, serveApi, type ServedApi } from '../../../support/served-api.js';
import { machine, machinePredictor as predictor, machineUsers, password } from '../../../support/served-machines.js';
import { temporaryFolder } from '../../../support/temporary.js';

const failing = { ...machine, volt: 299 };

describe('the api of machines', function () {
  this.timeout(10_000);
  const place = temporaryFolder();
  const kept = { folder: join(place.path, 'api'), temporary: join(place.path, 'tmp') };
  let users: ApiUsers;
  let served: ServedApi;
  let at = new Date('2026-03-01T12:00:00Z');
  const later = (seconds: number) => (at = new Date(at.getTime() + seconds * 1000));
  const start = async () => {
    served = await serveApi(predictor, apiExample('machines'), { users: () => users, now: () => at, kept });
  };
  const signIn = async (username: string, given = password) =>
    served.ask('/auth/login', { username, password: given }, { token: '' });
  const tokenOf = async (username: string) => (await signIn(username)).body.access_token as string;

  before(async () => {
    users = machineUsers();
    await start();
  });
  after(async () => {
    await served.close();
    place.remove();
  });
  /** Each test begins with its limit unused. */
  beforeEach(() => later(3600));

  it('answers with the name of the class, its probability, and what 004 asks for', async () => {
    const { status, body } = await served.ask('/predict', machine, { token: await tokenOf('pia') });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(Object.keys(body), [
      'prediction',
      'probability',
      'model_version',
      'timestamp',
      'processing_time_ms',
    ]);
    assert.deepEqual([body.prediction, body.model_version, body.timestamp], ['none', 'v1', at.toISOString()]);
    assert.ok((body.probability as number) > 0.99);
  });

  it('answers many machines at once, and refuses more than it may', async () => {
    const token = await tokenOf('pia');
    const { status, body } = await served.ask('/batch-predict', { data: [machine, failing] }, { token });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.predictions, ['none', 'comp1']);
    assert.equal((body.probabilities as number[]).length, 2);
    const most = await served.ask('/batch-predict', { data: Array.from({ length: 1000 }, () => machine) }, { token });
    assert.equal((most.body.predictions as unknown[]).length, 1000);
    const more = await served.ask('/batch-predict', { data: Array.from({ length: 1001 }, () => machine) }, { token });
    assert.equal(more.status, 400);
    const wrong = await served.ask('/batch-predict', { data: [machine, { ...machine, age: 51 }] }, { token });
    assert.equal(wrong.status, 422);
    assert.deepEqual((wrong.body.detail as { loc: unknown }[])[0]!.loc, ['body', 'data', 1, 'age']);
  });

  for (const [field, low, high] of [
    ['volt', 100, 300],
    ['rotate', 500, 3000],
    ['pressure', 50, 150],
    ['vibration', 0, 100],
    ['age', 0, 50],
  ] as const)
    it(`takes ${field} from ${low} to ${high} and nothing beyond`, async () => {
      const token = await tokenOf('pia');
      const statuses = [];
      for (const value of [low, high, low - 1, high + 1])
        statuses.push((await served.ask('/predict', { ...machine, [field]: value }, { token })).status);
      assert.deepEqual(statuses, [200, 200, 422, 422]);
    });

  it('takes what stands beside a machine only as long as it may be, and shows none of it', async () => {
    const token = await tokenOf('pia');
    const script = '<script>alert(1)</script>';
    const taken = await served.ask('/predict', { ...machine, model: script }, { token });
    const long = await served.ask('/predict', { ...machine, model: 'x'.repeat(51) }, { token });
    assert.deepEqual([taken.status, long.status], [200, 422]);
    assert.ok(!taken.text.includes('script') && !long.text.includes('xxx'));
  });

  it('says what is served', async () => {
    const { status, body } = await served.ask('/model-info', undefined, { token: await tokenOf('vic') });
    assert.equal(status, 200);
    for (const key of [
      'model_type',
      'feature_names',
      'performance_metrics',
      'training_date',
      'version',
      'last_updated',
    ])
      assert.ok(key in body, key);
  });

  it('counts under the names that dashboards go by', async () => {
    const token = await tokenOf('vic');
    const { text } = await served.ask('/metrics', undefined, { token });
    for (const name of [
      'http_requests_total',
      'http_request_duration_seconds',
      'predictions_total',
      'prediction_duration_seconds',
      'prediction_errors_total',
      'model_accuracy',
      'feedback_total',
      'mlops_model_latency_seconds',
    ])
      assert.match(text, new RegExp(`^# TYPE ${name} `, 'm'));
    assert.match(text, /http_requests_total\{method="POST",endpoint="\/predict",status="200"\} \d/);
  });

  describe('who may', () => {
    const none = (header: object, claims: object, sign: (text: string) => string) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${part(header)}.${part(claims)}`;
      return `${text}.${sign(text)}`;
    };
    const claimsOf = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
    const hmac = (algorithm: string, key: string) => (text: string) =>
      createHmac(algorithm, Buffer.from(key, 'base64')).update(text).digest('base64url');

    it('asks for a token before it looks at a request', async () => {
      const { status, headers, body } = await served.ask('/predict', '{ no json', { token: '' });
      assert.deepEqual([status, headers.get('www-authenticate')], [401, 'Bearer']);
      assert.match(body.detail as string, /sign in/i);
    });

    it('does not take the token of the endpoint in place of a user', async () => {
      assert.equal((await served.ask('/predict', machine, { token: endpointToken })).status, 401);
      const own = await served.ask('/invocations', [[200, 1800, 120, 40, 5]], { token: endpointToken });
      assert.equal(own.status, 200, 'which is for the routes of the endpoint');
      assert.equal((await served.ask('/invocations', [[1, 2, 3, 4, 5]], { token: await tokenOf('ada') })).status, 401);
    });

    it('refuses tokens that are not ours, whatever they say', async () => {
      const good = await tokenOf('ada');
      const claims = claimsOf(good);
      const typ = 'at+jwt';
      const forged = {
        none: none({ alg: 'none', typ }, claims, () => ''),
        'none with a signature': none({ alg: 'NONE', typ }, claims, hmac('sha256', users.key)),
        'another key': none({ alg: 'HS256', typ }, claims, hmac('sha256', randomBytes(32).toString('base64'))),
        'another algorithm with our key': none({ alg: 'HS512', typ }, claims, hmac('sha512', users.key)),
        'another service': none({ alg: 'HS256', typ }, { ...claims, aud: 'demo/other' }, hmac('sha256', users.key)),
        'another issuer': none({ alg: 'HS256', typ }, { ...claims, iss: 'x' }, hmac('sha256', users.key)),
        'another type': none({ alg: 'HS256', typ: 'JWT' }, claims, hmac('sha256', users.key)),
        'no end': none({ alg: 'HS256', typ }, { ...claims, exp: undefined }, hmac('sha256', users.key)),
        'a changed payload': good.replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...claims, sub: 'pia' })).toString('base64url')}.`,
        ),
        'no token at all': 'x'.repeat(5000),
      };
      const signedAlike = none({ alg: 'HS256', typ }, claims, hmac('sha256', users.key));
      assert.equal(
        (await served.ask('/model-info', undefined, { token: signedAlike })).status,
        200,
        'signed as ours are',
      );
      for (const [what, token] of Object.entries(forged))
        assert.equal((await served.ask('/model-info', undefined, { token })).status, 401, what);
    });

    it('lets a token end when its time is over', async () => {
      const token = await tokenOf('vic');
      later(30 * 60 - 1);
      assert.equal((await served.ask('/model-info', undefined, { token })).status, 200);
      later(1);
      const { status, body, headers } = await served.ask('/model-info', undefined, { token });
      assert.deepEqual([status, body.detail], [401, 'The token has expired']);
      assert.equal(headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    });

    it('lets a viewer look and not predict, with 403', async () => {
      const token = await tokenOf('vic');
      assert.equal((await served.ask('/openapi.json', undefined, { token })).status, 200);
      const { status, body } = await served.ask('/predict', machine, { token });
      assert.equal(status, 403);
      assert.match(body.detail as string, /role predictor; vic is viewer/);
    });

    it('exchanges a refresh token once; one that is used again ends the session', async () => {
      const first = (await signIn('pia')).body;
      const renew = (refresh_token: unknown) => served.ask('/auth/refresh', { refresh_token }, { token: '' });
      const second = await renew(first.refresh_token);
      assert.equal(second.status, 200);
      const token = second.body.access_token as string;
      assert.equal((await served.ask('/predict', machine, { token })).status, 200);
      assert.equal((await renew(first.refresh_token)).status, 401, 'used already');
      assert.equal((await renew(second.body.refresh_token)).status, 401, 'the session is over');
      assert.equal((await served.ask('/predict', machine, { token })).status, 401, 'and so are its tokens');
    });

    it('knows after a restart who is signed in, and who signed out', async () => {
      const [stays, leaves] = [await tokenOf('pia'), await tokenOf('pia')];
      assert.equal((await served.ask('/auth/logout', {}, { token: leaves })).status, 200);
      await served.close();
      await start();
      assert.equal((await served.ask('/predict', machine, { token: stays })).status, 200);
      assert.equal((await served.ask('/predict', machine, { token: leaves })).status, 401);
    });

    it('ends what a user may as soon as they are removed, and gives their name’s tokens to nobody', async () => {
      const token = await tokenOf('pia');
      const before = users;
      users = { ...before, users: before.users.filter(({ name }) => name !== 'pia') };
      assert.equal((await served.ask('/predict', machine, { token })).status, 401);
      const again = before.users.map((user) => ({ ...user, since: new Date(at.getTime() + 1000).toISOString() }));
      users = { ...before, users: again };
      assert.equal((await served.ask('/predict', machine, { token })).status, 401, 'another user of that name');
      users = before;
    });

    it('lets nobody guess: five wrong passwords for a name are enough, for a while', async () => {
      const wrong = [];
      for (let attempt = 0; attempt < 6; attempt += 1) wrong.push((await signIn('ada', 'wrong')).status);
      assert.deepEqual(wrong, [401, 401, 401, 401, 401, 429]);
      const { status, headers } = await signIn('ada');
      assert.equal(status, 429, 'the right one neither');
      assert.ok(Number(headers.get('retry-after')) > 0);
      assert.equal((await signIn('vic')).status, 200, 'others get in');
      later(15 * 60);
      assert.equal((await signIn('ada')).status, 200);
    });

    it('lets one address try twenty times, whatever the names', async () => {
      const statuses = await Promise.all(
        Array.from({ length: 5 }, async (_, group) => {
          const some: number[] = [];
          for (let attempt = 0; attempt < 5; attempt += 1) some.push((await signIn(`nobody${group}`, 'wrong')).status);
          return some;
        }),
      );
      const let_in = statuses.flat().filter((status) => status === 401).length;
      assert.ok(let_in <= 20, `${let_in} were tried`);
      assert.equal((await signIn('vic')).status, 429);
    });

    it('takes no password out of an address, where it would be logged', async () => {
      const { status, text } = await served.ask(
        `/auth/login?username=pia&password=${encodeURIComponent(password)}`,
        '',
        { token: '' },
      );
      assert.equal(status, 422);
      assert.match(text, /in the body/);
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = new URLSearchParams({ username: 'pia', password }).toString();
      assert.equal((await served.ask('/auth/login', sent, { token: '', headers: form })).status, 200);
    });

    it('keeps no password, and writes none and no token into its log', () => {
      assert.ok(!readFileSync(join(kept.folder, 'sessions.json'), 'utf8').includes('eyJ'));
      const log = served.logged.join('\n');
      assert.ok(!log.includes(password) && !log.includes('eyJ'), log);
    });
  });

  describe('limits', () => {
    it('answers a caller so often and not more, and says when to ask again', async () => {
      const token = await tokenOf('pia');
      const other = await tokenOf('vic');
      for (let request = 0; request < 100; request += 1)
        assert.equal((await served.ask('/model-info', undefined, { token })).status, 200, `request ${request + 1}`);
      const { status, headers, body } = await served.ask('/model-info', undefined, { token });
      assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
      assert.equal(body.detail, 'Rate limit exceeded. Please try again later.');
      assert.equal((await served.ask('/model-info', undefined, { token: other })).status, 200, 'another caller');
      later(1);
      assert.equal((await served.ask('/model-info', undefined, { token })).status, 200);
    });

    it('refuses what is too large', async () => {
      const body = JSON.stringify({ data: Array.from({ length: 20_000 }, () => machine) });
      assert.equal((await served.ask('/batch-predict', body, { token: await tokenOf('pia') })).status, 413);
    });
  });
});
