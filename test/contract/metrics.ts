import assert from 'node:assert/strict';
import type { Use } from './environment.js';

const minute = 60_000;
const dimensions = { EndpointName: 'contract', VariantName: 'AllTraffic' };

export function metricContract(use: Use): void {
  describe('metrics', () => {
    const start = new Date(Math.floor(Date.now() / (10 * minute)) * 10 * minute - 60 * minute);
    const at = (minutes: number) => new Date(start.getTime() + minutes * minute);
    const query = (metric: string, statistic: string, asked = dimensions, period = 300) =>
      use().environment.metrics.query({
        ...{ namespace: 'Contract', metric, dimensions: asked, statistic, period },
        from: start,
        to: at(20),
      });

    before(async function () {
      const { metric } = use().fill;
      const seen = [1, 2, 3, 4].map((value, index) => ({ metric: 'Latency', dimensions, value, at: at(index) }));
      const later = { metric: 'Latency', dimensions, value: 10, at: at(11) };
      await metric('Contract', [...seen, later]);
    });

    it('adds up to periods, and leaves out those without data', async () => {
      assert.deepEqual(await query('Latency', 'Sum'), [
        { at: at(0).toISOString(), value: 10 },
        { at: at(10).toISOString(), value: 10 },
      ]);
    });

    it('knows average, extremes and count', async () => {
      const first = async (statistic: string) => (await query('Latency', statistic))[0]?.value;
      assert.equal(await first('Average'), 2.5);
      assert.equal(await first('Minimum'), 1);
      assert.equal(await first('Maximum'), 4);
      assert.equal(await first('SampleCount'), 4);
    });

    it('matches dimensions exactly', async () => {
      assert.deepEqual(await query('Latency', 'Sum', { EndpointName: 'contract', VariantName: 'other' }), []);
    });

    it('has no data for a metric nobody wrote', async () => {
      assert.deepEqual(await query('Nothing', 'Sum'), []);
    });
  });
}
