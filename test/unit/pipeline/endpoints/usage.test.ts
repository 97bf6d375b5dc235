import assert from 'node:assert/strict';
import { hostingPrices, hourlyPrice } from '../../../../src/documents/hosting-prices.js';
import { configDrift } from '../../../../src/pipeline/endpoints/drift.js';
import { usageOf } from '../../../../src/pipeline/endpoints/usage.js';
import {
  costWords,
  machineWords,
  scheduleWords,
  trafficWords,
  useWords,
} from '../../../../src/pipeline/endpoints/words.js';
import type { EndpointInfo, VariantFleet } from '../../../../src/platform/ports/endpoints.js';
import type { Datapoint, MetricQuery } from '../../../../src/platform/ports/metrics.js';

const now = new Date('2026-11-21T09:33:00Z');
const fleetOf = (parts: Partial<VariantFleet> = {}): VariantFleet => ({
  ...{ name: 'AllTraffic', modelVersion: 'v3', weight: 1, desiredWeight: 1 },
  ...{ instance: 'ml.m5.large', instances: 2, desiredInstances: 2, ...parts },
});

function endpoint(parts: Partial<EndpointInfo> = {}): EndpointInfo {
  const variants = [{ name: 'AllTraffic', modelVersion: 'v3', weight: 1 }];
  return {
    ...{ name: 'churn', status: 'InService', createdAt: '2026-11-01T00:00:00Z', ours: true },
    ...{ config: { name: 'churn', group: 'churn', variants, capture: 1 }, serving: variants, fleet: [fleetOf()] },
    ...parts,
  };
}

function place(points: Datapoint[] | Error = [], region = 'us-east-1') {
  const asked: MetricQuery[] = [];
  const metrics = {
    query(query: MetricQuery) {
      asked.push(query);
      return points instanceof Error ? Promise.reject(points) : Promise.resolve(points);
    },
  };
  return { asked, environment: { kind: 'aws', region, metrics } as const };
}

describe('what an endpoint costs', () => {
  const costOf = async (parts: Partial<EndpointInfo>, region?: string) =>
    usageOf(place([], region).environment, endpoint(parts), now);

  it('is the sum of its machines by the dated table', async () => {
    const shadow = fleetOf({ name: 'shadow', instance: 'ml.c5.xlarge', instances: 1, shadow: true });
    assert.equal((await costOf({ fleet: [fleetOf(), shadow] })).hourlyCost, 0.434);
    assert.equal((await costOf({ status: 'Stopped', fleet: undefined })).hourlyCost, 0);
  });

  it('is not known, with the reason, for a type or region that the table has not: never a guess', async () => {
    const rare = await costOf({ fleet: [fleetOf(), fleetOf({ instance: 'ml.rare.large' })] });
    assert.equal(rare.hourlyCost, null);
    assert.match(rare.reasons.hourlyCost!, /the price of ml\.rare\.large is not in the table of \d{4}-\d\d/);
    const away = await costOf({}, 'eu-west-3');
    assert.equal(away.hourlyCost, null);
    assert.match(away.reasons.hourlyCost!, /us-east-1 only, and this is eu-west-3/);
    const serverless = await costOf({ fleet: [fleetOf({ instance: undefined, instances: undefined })] });
    assert.match(serverless.reasons.hourlyCost!, /paid for by request/);
    assert.equal((await costOf({ fleet: undefined })).hourlyCost, null);
  });

  it('is said as an estimate with its date', () => {
    const usage = { hourlyCost: 0.434, invocations24h: 0, idle: true, reasons: {} };
    assert.equal(costWords(usage), `about $0.43 an hour (prices of ${hostingPrices.asOf}, us-east-1)`);
    assert.match(
      costWords({ ...usage, hourlyCost: null, reasons: { hourlyCost: 'because' } }),
      /^cost unknown: because$/,
    );
    assert.equal(costWords({ ...usage, hourlyCost: 0 }), 'costs nothing while it is stopped');
  });

  it('rests on a table whose larger machines cost more, with date and source in words', () => {
    assert.match(hostingPrices.asOf, /^\d{4}-\d\d$/);
    assert.ok(hostingPrices.source.length > 40);
    const price = (type: string) => hourlyPrice(type, 'us-east-1') as number;
    for (const family of ['m5', 'c5']) {
      const sizes = ['large', 'xlarge', '2xlarge', '4xlarge'].map((size) => price(`ml.${family}.${size}`));
      assert.deepEqual(
        sizes,
        [...sizes].sort((left, right) => left - right),
      );
    }
  });
});

describe('whether anybody uses an endpoint', () => {
  it('is asked of the requests of every variant in the last 24 hours', async () => {
    const { asked, environment } = place([{ at: '2026-11-21T09:00:00Z', value: 602 }]);
    const serving = ['blue', 'green'].map((name) => ({ name, modelVersion: 'v3', weight: 0.5 }));
    const usage = await usageOf(environment, endpoint({ serving }), now);
    assert.deepEqual([usage.invocations24h, usage.idle], [1204, false]);
    assert.deepEqual(
      asked.map(({ dimensions }) => dimensions.VariantName),
      ['blue', 'green'],
    );
    assert.equal(asked[0]!.statistic, 'Sum');
    assert.equal(asked[0]!.to.getTime() - asked[0]!.from.getTime(), 24 * 3600e3);
    assert.equal(useWords(usage), '1,204 requests in 24 h');
  });

  it('is no for one without a request in 24 hours that is older than that, and not known for a younger one', async () => {
    const { environment } = place();
    const old = await usageOf(environment, endpoint(), now);
    assert.equal(old.idle, true);
    assert.equal(useWords(old), 'idle: no request in 24 h');
    const young = await usageOf(environment, endpoint({ createdAt: '2026-11-21T08:00:00Z' }), now);
    assert.equal(young.idle, null);
    assert.match(useWords(young), /^no request yet: it was made less than 24 hours ago/);
  });

  it('is not known when the metrics cannot be read: that is not idle', async () => {
    const usage = await usageOf(place(new Error('not allowed')).environment, endpoint(), now);
    assert.deepEqual([usage.invocations24h, usage.idle], [null, null]);
    assert.match(useWords(usage), /^requests unknown: .*not allowed/);
  });
});

describe('the words of an endpoint', () => {
  it('say machines that come or go, and traffic that shifts', () => {
    assert.equal(machineWords(fleetOf()), '2 × ml.m5.large');
    assert.equal(machineWords(fleetOf({ desiredInstances: 4 })), '2 of 4 × ml.m5.large');
    assert.equal(machineWords(fleetOf({ instance: undefined, instances: undefined })), 'serverless');
    assert.equal(trafficWords(fleetOf({ weight: 0.9, desiredWeight: 0.5 })), '90 % now, 50 % asked for');
    assert.equal(trafficWords(fleetOf({ shadow: true })), 'shadow');
  });

  it('say what it serves instead of what was asked for, whatever the status', () => {
    assert.equal(configDrift(endpoint()), null);
    assert.equal(configDrift(endpoint({ drift: 'an update was taken back' })), 'an update was taken back');
    assert.equal(configDrift(endpoint({ serving: undefined })), 'does not answer, asked for v3');
    const serving = [{ name: 'AllTraffic', modelVersion: 'v2', weight: 1 }];
    assert.equal(configDrift(endpoint({ serving })), 'serves v2, asked for v3');
    assert.equal(configDrift(endpoint({ status: 'Stopped', serving: undefined })), null);
  });

  it('say how the last execution of a schedule ended, and why it failed', () => {
    const schedule = { name: 's', type: 'DataQuality', status: 'Scheduled' };
    const last = { status: 'CompletedWithViolations', scheduledAt: '2026-11-21T08:00:00Z' };
    assert.equal(scheduleWords({ ...schedule, last }, now), 'last completed with violations 2 h ago');
    assert.equal(
      scheduleWords({ ...schedule, status: 'Stopped', last: { ...last, status: 'Failed', reason: 'no data' } }, now),
      'stopped, last failed 2 h ago, no data',
    );
    assert.equal(scheduleWords(schedule, now), 'never ran');
  });
});
