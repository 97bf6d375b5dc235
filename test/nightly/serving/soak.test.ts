import assert from 'node:assert/strict';
import { attackedEndpoint, type AttackedEndpoint } from '../../support/attacked-endpoint.js';
import { openLoop, percentile, requestBytes } from '../../support/load.js';

describe('an endpoint asked 100 times a second for a minute', function () {
  this.timeout(180_000);
  let endpoint: AttackedEndpoint;
  before(async () => {
    endpoint = await attackedEndpoint();
  });
  after(() => endpoint.end());

  it('answers every request, nearly all within 25 ms, and does not grow', async () => {
    const headers = { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json' };
    const request = requestBytes(
      endpoint.url,
      '/invocations',
      headers,
      '{"features": {"alpha": 1, "beta": 2, "gamma": 3}}',
    );
    const ask = (seconds: number) => openLoop(endpoint.url, () => request, { rate: 100, seconds });
    await ask(10);
    const before = endpoint.memory();
    const { statuses, latencies } = await ask(60);
    assert.deepEqual([...statuses], [[200, 6_000]]);
    const p99 = percentile(latencies, 0.99);
    const grown = endpoint.memory() - before;
    process.stdout.write(`      p99 ${p99.toFixed(1)} ms, memory ${(grown / 1e6).toFixed(1)} MB more\n`);
    assert.ok(p99 < 25, `p99 is ${p99} ms`);
    assert.ok(grown < 30e6, `grew by ${grown} bytes`);
  });
});
