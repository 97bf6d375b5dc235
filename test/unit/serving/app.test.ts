import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { answererOf } from '../../../src/serving/answering/answerer.js';
import { listen } from '../../../src/serving/http/listen.js';
import type { Invocation } from '../../../src/serving/metrics/meter.js';
import { liveFigures } from '../../../src/serving/metrics/prometheus.js';
import type { Service } from '../../../src/serving/service.js';

const servers: Server[] = [];
const closeServers = () => servers.splice(0).forEach((server) => server.close().closeAllConnections());

/** A service whose model breaks on every request. */
async function brokenService() {
  const counted: Invocation[] = [];
  const captured: unknown[] = [];
  const logged: string[] = [];
  const predict = () => {
    throw new RangeError('a tree without a root');
  };
  const predictor = {
    version: 'v1',
    task: 'regression',
    family: 'ridge',
    threshold: null,
    bundle: {} as Bundle,
    predict,
  } as const;
  const inputs = [{ name: 'area', type: 'number' as const }];
  const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1, predictor: { ...predictor, inputs } }];
  const service: Service = {
    ...{ endpoint: 'hot', nonce: 'n', figures: liveFigures('hot'), now: () => new Date() },
    serving: () => ({ config: { name: 'hot', group: 'g', variants, capture: 1 }, variants }),
    access: { place: () => undefined, caller: () => undefined },
    answerer: answererOf(),
    counted: (seen) => counted.push(seen),
    odd: () => undefined,
    answered: (exchange) => captured.push(exchange),
    steering: {
      reload: () => Promise.reject(new Error('no such version')),
      ...{ flush: () => Promise.resolve(), stop: () => undefined },
    },
    log: (text) => logged.push(text),
  };
  const server = await listen(service);
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, sent: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, sent);
  return { ask, counted, captured, logged };
}

const sent = { method: 'POST', body: '[[12345.678]]', headers: { 'content-type': 'application/json' } };

describe('a model that breaks', () => {
  afterEach(closeServers);

  it("is the service's own error on the container's route", async () => {
    const response = await (await brokenService()).ask('/invocations', sent);
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), {
      error: 'Error during prediction: a tree without a root',
      type: 'RangeError',
    });
  });

  it("is a ModelError on SageMaker's route", async () => {
    const response = await (await brokenService()).ask('/endpoints/hot/invocations', sent);
    assert.equal(response.status, 424);
    assert.equal(response.headers.get('x-amzn-errortype'), 'ModelError');
    const body = (await response.json()) as { OriginalStatusCode: number; Message: string };
    assert.equal(body.OriginalStatusCode, 500);
    assert.match(body.Message, /a tree without a root/);
  });

  it('counts as a server error of its variant on both, and is never captured', async () => {
    const { ask, counted, captured } = await brokenService();
    await ask('/invocations', sent);
    await ask('/endpoints/hot/invocations', sent);
    assert.deepEqual(
      counted.map(({ status, variant }) => [status, variant]),
      [
        [500, 'AllTraffic'],
        [500, 'AllTraffic'],
      ],
    );
    assert.ok(counted.every(({ modelLatency, overheadLatency }) => modelLatency! > 0 && overheadLatency >= 0));
    assert.deepEqual(captured, []);
  });

  it('is logged with its stack, without the data of the request', async () => {
    const { ask, logged } = await brokenService();
    await ask('/invocations', sent);
    assert.match(logged.join('\n'), /RangeError: a tree without a root\n +at /);
    assert.equal(logged.join('\n').includes('12345.678'), false);
  });

  it('says why a reload failed', async () => {
    const response = await (await brokenService()).ask('/admin/reload', { method: 'POST' });
    assert.equal(response.status, 409);
    assert.deepEqual(await response.json(), { error: 'no such version' });
  });
});

describe('a bad request on the route of SageMaker', () => {
  afterEach(closeServers);

  it('is a ValidationError that names the problem', async () => {
    const response = await (await brokenService()).ask('/endpoints/hot/invocations', { ...sent, body: '[[1, 2]]' });
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('x-amzn-errortype'), 'ValidationError');
    const said = 'row 1: found 2 columns, expected 1: area';
    assert.deepEqual(await response.json(), { Message: said, required_features: ['area'] }, 'said once');
  });
});
