import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { apiUsersFile } from '../../../src/platform/permissions/api-users.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { EndpointInfo } from '../../../src/platform/ports/endpoints.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { apiSchema } from '../../../src/project/parts/api-schema.js';
import { mlops } from '../../support/cli.js';
import { putLinearModel, putTreeModel } from '../../support/small-models.js';
import { temporaryFolder } from '../../support/temporary.js';
import { spoiled } from '../../unit/project/project-text.js';

const api = {
  routes: {
    '/predict': { input: { alpha: { min: -10, max: 10 } }, answer: ['prediction', 'inference_id'] },
    '/feedback': {},
    '/model-info': {},
  },
  auth: { kind: 'jwt' },
};
const password = 'correct horse battery';

describe('the api of a project, served by an endpoint process', function () {
  this.timeout(60_000);
  const home = temporaryFolder();
  const folder = join(home.path, 'demo');
  const env = { XDG_CONFIG_HOME: join(home.path, 'config') };
  const before_ = process.env.XDG_CONFIG_HOME;
  let place: Environment;
  let info: EndpointInfo;
  const deploy = async (said?: object) => {
    const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
    const more = said && { api: apiSchema.parse(said) };
    info = await place.writers('test').endpoints.deploy({ name: 'demo', group: 'g', variants, capture: 1, ...more });
  };
  const ask = async (path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(info.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  before(async () => {
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'mlops.json'),
      spoiled(['"endpoint": { "name": "demo" },', `"endpoint": { "name": "demo" }, "api": ${JSON.stringify(api)},`]),
    );
    process.env.XDG_CONFIG_HOME = env.XDG_CONFIG_HOME;
    const engine = { endpointScript: resolve('dist/endpoint.js'), node: process.execPath };
    place = openLocal({ projectFolder: folder, project: 'demo', engine });
    const { objects } = place.writers('test');
    await putTreeModel(objects, 'v1');
    await putLinearModel(objects, 'v2');
    await deploy(api);
  });
  after(async () => {
    await place.writers('test').endpoints.remove('demo');
    if (before_ === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = before_;
    home.remove();
  });

  const add = async (name: string, said: string) => {
    const words = [resolve('dist/cli.js'), 'api', 'user', 'add', name, '--role', 'predictor'];
    const child = spawn(process.execPath, words, { cwd: folder, env: { ...process.env, ...env } });
    child.stdin.end(said);
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, stderr };
  };
  const alpha = { alpha: 0.15, beta: 0.9, gamma: -2 };
  let token: string;

  it('lets in whom its owner added, with a password that no argument and no project ever held', async () => {
    assert.equal((await ask('/auth/login', { username: 'ana', password })).status, 401);
    const short = await add('ana', 'short\n');
    assert.equal(short.code, 2);
    assert.ok(short.stderr.includes('found 5 characters') && !short.stderr.includes('short'));
    assert.equal((await add('ana', `${password}\nmore`)).code, 0);
    assert.equal((await add('ana', `${password}\n`)).code, 2, 'a second of that name');
    const file = apiUsersFile(folder);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!readFileSync(file, 'utf8').includes(password));
    assert.ok(!readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => path.includes('user')));
    const { status, body } = await ask('/auth/login', { username: 'ana', password });
    assert.equal(status, 200, JSON.stringify(body));
    token = body.access_token as string;
    assert.equal((await ask('/predict', alpha, token)).status, 200);
  });

  it('tells its own project what it serves, also where a route of the api has that path and asks for a user', async () => {
    const known = await place.endpoints.describe('demo');
    assert.deepEqual([known?.status, known?.serving?.[0]?.modelVersion], ['InService', 'v1']);
    assert.equal((await fetch(`${info.url}/model-info`)).status, 401);
  });

  it('goes on after it was stopped: who is signed in, and what was predicted', async () => {
    const { body } = await ask('/predict', alpha, token);
    const { endpoints } = place.writers('test');
    await endpoints.stop('demo');
    info = await endpoints.start('demo');
    const label = await ask('/feedback', { inference_id: body.inference_id, label: 1 }, token);
    assert.deepEqual([label.status, label.body.current_accuracy], [200, Number(body.prediction === 1)]);
  });

  it('is held against cases by a command, whose exit code says whether they hold', async () => {
    const cases = [
      {
        name: 'well',
        path: '/predict',
        request: alpha,
        token: 'env:API_TOKEN',
        present: ['inference_id'],
        ranges: { prediction: [0, 1] },
      },
      {
        name: 'beyond',
        path: '/predict',
        request: { ...alpha, alpha: 11 },
        token: 'env:API_TOKEN',
        status: 422,
        answer: { detail: [{ loc: ['body', 'alpha'] }] },
      },
      { name: 'nobody', path: '/predict', request: alpha, token: null, status: 401 },
      { name: 'rows', request: [[1, 2, 3]], present: ['probabilities.0'] },
    ];
    const file = join(folder, 'cases.jsonl');
    const write = (all: object[]) => writeFileSync(file, all.map((one) => JSON.stringify(one)).join('\n'));
    write(cases);
    const run = (...args: string[]) =>
      mlops(['endpoint', 'check', ...args], { cwd: folder, env: { ...env, API_TOKEN: token } });
    const good = await run('demo', '--cases', file);
    assert.equal(good.code, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /demo: 4 passed, 0 failed/);
    write([...cases, { name: 'wrong', request: [[1, 2, 3]], ranges: { 'probabilities.0': [0.9, 1] } }]);
    const bad = await run('demo', '--cases', file, '--format', 'junit');
    assert.equal(bad.code, 1, bad.stderr);
    assert.match(
      bad.stdout,
      /failures="1".*[^]*<failure message="probabilities\.0: found 0\.53\d+, expected 0\.9 to 1"/,
    );
    write(cases.slice(0, 2));
    const byAddress = await run(info.url!, '--cases', file);
    assert.equal(byAddress.code, 0, byAddress.stdout + byAddress.stderr);
    assert.equal((await run('http://127.0.0.1:1', '--cases', file)).code, 4);
    assert.equal((await run('demo', '--cases', 'none.jsonl')).code, 2);
  });

  it('changes with what is deployed, without a restart', async () => {
    const { pid } = info;
    await deploy({ routes: { '/score': { does: 'predict' } } });
    assert.equal(info.pid, pid);
    assert.equal((await ask('/score', alpha, token)).status, 401, 'the token of the endpoint is asked for now');
    const own = readFileSync(info.tokenFile!, 'utf8').trim();
    assert.equal((await ask('/score', alpha, own)).status, 200);
    assert.equal((await ask('/feedback', {}, own)).status, 404);
    await deploy();
    assert.equal((await ask('/score', alpha, own)).status, 404);
  });
});
