import assert from 'node:assert/strict';
import { BrokenError, SignInExpired } from '../../../../src/common/errors.js';
import { liveOf } from '../../../../src/pipeline/dashboard/live.js';
import type { EndpointInfo } from '../../../../src/platform/ports/endpoints.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import type { MetricQuery } from '../../../../src/platform/ports/metrics.js';
import { endpointItems } from '../../../../src/vscode/trees/endpoints/endpoints.js';
import { lines } from '../../vscode/support.js';

const now = new Date('2026-11-21T10:02:00Z');
const variants = [
  { name: 'AllTraffic', modelVersion: 'v3', weight: 0.75 },
  { name: 'v4', modelVersion: 'v4', weight: 0.25 },
];
const config = { name: 'churn', group: 'churn', variants: [variants[0]!], capture: 1 };
const endpoint = (parts: Partial<EndpointInfo> = {}): EndpointInfo => ({
  ...{ name: 'churn', status: 'InService', createdAt: '', ours: true, config, serving: [variants[0]!] },
  ...parts,
});
type Query = (query: MetricQuery) => Promise<{ at: string; value: number }[]>;
const place = (query: Query) =>
  ({ metrics: { query }, objects: { list: () => Promise.resolve({ items: [] }) } }) as unknown as Environment;

/** By variant and metric: so much in each of two minutes, and that latency. */
const measuring =
  (values: Record<string, number>): Query =>
  ({ metric, dimensions, period }) => {
    const value = values[`${dimensions.VariantName} ${metric}`];
    const at = (minute: string) => ({ at: `2026-11-21T09:${minute}:00Z`, value: value! });
    return Promise.resolve(value === undefined ? [] : period === 60 ? [at('58'), at('59')] : [at('55')]);
  };

describe('what goes on at an endpoint now', () => {
  it('adds up the variants, and tells the latency of the slowest', async () => {
    const query = measuring({
      ...{ 'AllTraffic Invocations': 1200, 'v4 Invocations': 300, 'AllTraffic ModelLatency': 4000 },
      ...{ 'v4 ModelLatency': 8123, 'v4 Invocation5XXErrors': 2, 'AllTraffic Invocation4XXErrors': 1 },
    });
    const { traffic } = await liveOf(place(query), endpoint({ serving: variants }), now);
    assert.deepEqual(traffic, { requests: 3000, rate: 10, refused: 2, failed: 4, p95: 8123 });
  });

  it('asks for the last five minutes, and nothing of a stopped endpoint', async () => {
    const asked: MetricQuery[] = [];
    const query: Query = (one) => {
      asked.push(one);
      return Promise.resolve([]);
    };
    const { traffic } = await liveOf(place(query), endpoint(), now);
    assert.deepEqual(traffic, { requests: 0, rate: 0, refused: 0, failed: 0, p95: null });
    const invocations = asked.find(({ metric }) => metric === 'Invocations')!;
    assert.deepEqual([invocations.from, invocations.to], [new Date('2026-11-21T09:57:00Z'), now]);
    asked.length = 0;
    assert.deepEqual(await liveOf(place(query), endpoint({ status: 'Stopped', serving: undefined }), now), {});
    assert.deepEqual(asked, []);
  });

  it('says why it is not known, and does not call that no traffic', async () => {
    const refused = place(() => Promise.reject(new BrokenError('not allowed to read metrics')));
    assert.deepEqual(await liveOf(refused, endpoint(), now), { reason: 'not allowed to read metrics' });
    const expired = place(() => Promise.reject(new SignInExpired('prod', 'p')));
    await assert.rejects(liveOf(expired, endpoint(), now), SignInExpired);
  });

  it('stands beside the name where there is room, the rest in the tooltip', () => {
    const traffic = { requests: 3620, rate: 12.07, refused: 1, failed: 2, p95: 8234 };
    const item = (live: object) => endpointItems([endpoint()], { live: new Map([['churn', live]]) })[0]!;
    assert.deepEqual(lines([item({ traffic })]), ['serving churn | v3 · 12/s · 8.2 ms · 3 errors']);
    assert.match(
      item({ traffic }).tooltip ?? '',
      /last 5 minutes: 3,620 requests \(12\/s\), 2 failed \(5xx\), 1 refused/,
    );
    assert.deepEqual(lines([item({ traffic: { ...traffic, requests: 0, rate: 0, p95: null } })]), [
      'serving churn | in service · v3',
    ]);
    const slow = { requests: 4, rate: 0.013, refused: 0, failed: 0, p95: null };
    assert.deepEqual(lines([item({ traffic: slow })]), ['serving churn | v3 · 1/min']);
    const release = { from: 'v3', to: 'v4', share: 0.25 };
    assert.deepEqual(lines([item({ traffic: { ...traffic, refused: 0, failed: 0 }, release })]), [
      'serving churn | v3 → v4 25 % · 12/s · 8.2 ms',
    ]);
    assert.match(item({ reason: 'not allowed' }).tooltip ?? '', /\nnot allowed$/);
  });
});
