import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../../src/serving/http/listen.js';
import type { Invocation } from '../../../src/serving/metrics/meter.js';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { liveFigures } from '../../../src/serving/metrics/prometheus.js';
import type { Predictor } from '../../../src/serving/predictor.js';
import type { Service } from '../../../src/serving/service.js';

const patience = { headersTimeout: 500, requestTimeout: 1_500, connectionsCheckingInterval: 100 };
/** Beyond the patience: a machine that has much else to do. */
const slackMs = 4_000;

/** A service with an endpoint that answers everything with `[]`. */
function service(counted: Invocation[]): Service {
  const predictor: Predictor = {
    ...{ version: 'v1', task: 'regression', family: 'ridge', threshold: null, inputs: [], bundle: {} as Bundle },
    predict: () => assert.fail('the answerer answers'),
  };
  const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1, predictor }];
  return {
    ...{ endpoint: 'hot', nonce: 'n', figures: liveFigures('hot'), now: () => new Date() },
    serving: () => ({ config: { name: 'hot', group: 'g', variants, capture: 0 }, variants }),
    access: { place: () => undefined, caller: () => undefined },
    answerer: { answer: () => Promise.resolve({ text: '[]', odd: { unseen: {}, missing: {} } }) },
    counted: (seen) => void counted.push(seen),
    odd: () => undefined,
    answered: () => undefined,
    log: () => undefined,
  };
}

describe('a body that comes in drops', function () {
  this.timeout(60_000);
  const counted: Invocation[] = [];
  let server: Server;
  let port: number;
  before(async () => {
    server = await listen(service(counted), { hostname: '127.0.0.1', port: 0 }, patience);
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends a head and then a byte at a time until the connection ends; what came back and how long it took. */
  async function trickle(head: string, drop: string) {
    const began = performance.now();
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`POST /invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\n${head}\r\n\r\n`);
    const dropping = setInterval(() => socket.write(drop), 20);
    await once(socket, 'close');
    clearInterval(dropping);
    return { ms: performance.now() - began, line: text.split('\r\n', 1)[0]! };
  }
  const post = (body: Buffer<ArrayBuffer>) =>
    fetch(`http://127.0.0.1:${port}/invocations`, { method: 'POST', body, headers: { 'content-type': 'text/csv' } });

  for (const [what, head, drop] of [
    ['of a length that is said', 'Content-Length: 1000000', '1'],
    ['in chunks', 'Transfer-Encoding: chunked', '1\r\n1\r\n'],
  ] as const)
    it(`loses its connection within the time a request has, ${what}, while /ping answers within a second`, async () => {
      let over = false;
      const slow = Promise.all(Array.from({ length: 20 }, () => trickle(head, drop))).finally(() => (over = true));
      let longest = 0;
      while (!over) {
        const began = performance.now();
        assert.equal((await fetch(`http://127.0.0.1:${port}/ping`)).status, 200);
        longest = Math.max(longest, performance.now() - began);
        await sleep(20);
      }
      for (const { ms, line } of await slow) {
        assert.match(line, /^(HTTP\/1\.1 408 .*)?$/);
        assert.ok(ms >= patience.requestTimeout && ms < patience.requestTimeout + slackMs, `${ms} ms`);
      }
      assert.ok(longest < 1_000, `/ping took ${longest} ms`);
    });

  it('holds no room afterwards, and is no error of the model', async () => {
    const large = `Content-Length: ${24 << 20}`;
    const slow: Promise<unknown>[] = [];
    for (let at = 0; at < 4; at += 1) {
      const begun = once(server, 'request');
      slow.push(trickle(large, '1'));
      await begun;
    }
    const whole = Buffer.alloc(24 << 20, '1');
    assert.equal((await post(whole)).status, 429);
    await Promise.all(slow);
    assert.equal((await post(whole)).status, 200);
    assert.deepEqual(
      counted.filter((seen) => seen.status >= 500),
      [],
    );
  });
});
