import assert from 'node:assert/strict';
import type { GateTrend } from '../../../../src/documents/gates/gate-trend.js';
import { trendPage } from '../../../../src/report/gates/trend.js';

const gate = { id: 'r2', status: 'pass', value: 0.9, threshold: 0.85, metric: 'r2', message: 'R² was 0.9' };
const point = { batch: null, at: '2026-03-01T00:00:00Z', window: { from: null, to: null }, modelVersion: 'v1', n: 9 };
const drawnOf = (times: number) => {
  const points = Array.from({ length: times }, () => ({ ...point, verdict: 'pass', gates: [gate] }));
  const trend = { points, project: 'p', environment: 'local' } as unknown as GateTrend;
  const page = trendPage(trend, { overrides: [], now: new Date(), commands: [] } as never);
  return page.blocks.flatMap((block) => (block.type === 'chart' ? block.series.map(({ draw }) => draw) : []));
};

describe('a gate over time', () => {
  it('is seen from its first verdict on: one point makes no line', () => {
    assert.deepEqual(drawnOf(1), ['points', 'points']);
    assert.deepEqual(drawnOf(2), ['steps', 'line']);
  });
});
