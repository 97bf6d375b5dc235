import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { ObjectWriter } from '../../../src/platform/ports/objects.js';
import { parseProject } from '../../../src/project/load.js';
import { mlops, startCli } from '../../support/cli.js';
import { freePort } from '../../support/free-port.js';
import { knownScores, putTreeModel } from '../../support/small-models.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the container serving a model', function () {
  this.timeout(30_000);
  const place = temporaryFolder();
  let server: ChildProcess;
  let said: string;
  let url: string;

  before(async () => {
    await unpackModel(place.path);
    ({ server, url, said } = await serving(place.path));
  });
  after(async () => {
    if (server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit');
    place.remove();
  });

  const post = (path: string, body: string, type: string) =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': type } });
  const { row, probability } = knownScores[0]!;

  it('answers its health check without a token', async () => {
    const response = await fetch(`${url}/ping`);
    assert.equal(response.status, 200, said);
  });

  for (const [type, body] of [
    ['application/json', JSON.stringify({ features: [row] })],
    ['text/csv', row.join(',')],
    ['application/jsonlines', JSON.stringify({ features: row })],
  ] as const) {
    it(`predicts from ${type} what LightGBM itself says`, async () => {
      const response = await post('/invocations', body, type);
      const answer = (await response.json()) as { probabilities?: number[] };
      assert.equal(response.status, 200, JSON.stringify(answer));
      assert.ok(Math.abs(answer.probabilities![0]! - probability) < 1e-12);
    });
  }

  it("answers SageMaker's own route under whatever name the endpoint has there", async () => {
    const response = await post('/endpoints/any-name/invocations', row.join(','), 'text/csv');
    assert.equal(response.status, 200);
  });

  it('answers under the host name that the platform gives it', async () => {
    const asked = request(`${url}/ping`, { headers: { host: 'model.cluster.local' } }).end();
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    assert.equal(response.statusCode, 200);
  });

  it('tells its figures under the name of its endpoint', async () => {
    assert.match(await (await fetch(`${url}/metrics`)).text(), /mlops_invocations_total\{.*endpoint="drives"/);
  });

  it('names a field that is missing, with 400', async () => {
    const response = await post('/predict', JSON.stringify({ features: { alpha: 1 } }), 'application/json');
    assert.equal(response.status, 400);
    assert.match(await response.text(), /beta/);
  });

  it('has no routes to steer it: anybody could call them', async () => {
    for (const path of ['/admin/stop', '/admin/reload', '/admin/flush'])
      assert.equal((await post(path, '', 'text/plain')).status, 404, path);
  });

  it('ends with 0 when it is asked to, and has answered what was under way', async () => {
    const slow = request(`${url}/invocations`, { method: 'POST', headers: { 'content-type': 'text/csv' } });
    slow.flushHeaders();
    await once(slow, 'socket');
    slow.write(row.slice(0, 2).join(','));
    // Another request on the same port is answered, so the first one has arrived.
    await (await fetch(`${url}/ping`)).text();
    server.kill('SIGTERM');
    for await (const line of createInterface(server.stderr!)) if (line.includes('under way')) break;
    slow.end(`,${row[2]}`);
    const [response] = (await once(slow, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    assert.equal(response.statusCode, 200, await text(response));
    if (server.exitCode === null) await once(server, 'exit');
    assert.equal(server.exitCode, 0);
  });
});

describe('the container serving an api where people sign in', function () {
  this.timeout(30_000);
  const place = temporaryFolder();
  let server: ChildProcess;
  let url: string;

  before(async () => {
    await unpackModel(place.path);
    mkdirSync(join(place.path, 'api'));
    const project = parseProject(readFileSync('templates/hdd-failure/mlops.json', 'utf8'));
    const api = { routes: { '/predict': {} }, auth: { kind: 'jwt' } };
    writeFileSync(join(place.path, 'api/mlops.json'), JSON.stringify({ ...project, api }));
    writeFileSync(join(place.path, 'api/metrics-token'), 'scrape-me\n');
    ({ server, url } = await serving(place.path));
  });
  after(async () => {
    if (server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit');
    place.remove();
  });

  it('shows its figures, and nothing else, to who knows the secret for them', async () => {
    const asked = async (path: string, authorization: string) =>
      (await fetch(url + path, { headers: { authorization } })).status;
    assert.equal(await asked('/metrics', 'Bearer scrape-me'), 200);
    assert.ok([401, 403].includes(await asked('/metrics', 'Bearer scrape-us')));
    assert.ok([401, 403].includes(await asked('/metrics', '')));
    assert.ok([401, 403].includes(await asked('/openapi.json', 'Bearer scrape-me')));
  });
});

describe('a container without a model', () => {
  it('says what it looked for and does not listen', async () => {
    const place = temporaryFolder();
    const { code, stderr } = await mlops(['serve', '--container', '--root', place.path], { cwd: place.path });
    place.remove();
    assert.equal(code, 2);
    assert.match(stderr, /model\/: model_metadata\.json is missing/);
  });
});

async function unpackModel(root: string): Promise<void> {
  const folder = join(root, 'model');
  mkdirSync(folder);
  const unpack = (key: string, body: unknown) =>
    Promise.resolve(writeFileSync(join(folder, basename(key)), body as string));
  await putTreeModel({ put: unpack } as unknown as ObjectWriter, 'v7');
}

/** Starts the container's entry point, and waits until it listens. */
async function serving(root: string): Promise<{ server: ChildProcess; url: string; said: string }> {
  const port = await freePort();
  const env = { SAGEMAKER_BIND_TO_PORT: String(port), MLOPS_ENDPOINT: 'drives' };
  const server = startCli(['serve', '--container', '--root', root], { cwd: root, env });
  let said = '';
  for await (const line of createInterface(server.stderr!)) {
    said += `${line}\n`;
    if (line.includes('on port')) break;
  }
  return { server, url: `http://127.0.0.1:${port}`, said };
}
