import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Batch } from '../../../../src/documents/batch.js';
import type { GateTrend } from '../../../../src/documents/gates/gate-trend.js';
import type { MonitoringResults } from '../../../../src/documents/monitoring.js';
import { trendPoints } from '../../../../src/pipeline/judging/trend.js';
import { markdownOf } from '../../../../src/report/export/markdown.js';
import { openDocument } from '../../../../src/report/open.js';

const stored = JSON.parse(readFileSync('test/fixtures/documents/monitoring-fail.json', 'utf8')) as MonitoringResults;

/** Results of rows until a time, judged at another; `recall` is what its gate found. */
function judged(name: string | null, to: string | null, at: string, recall: number | null) {
  const batch = name === null ? undefined : { id: name, name: `${name}.csv`, rows: 10, known: 0, labelled: 10 };
  const gates = stored.gates
    .filter(({ id }) => id === 'recall')
    .map((gate) => ({
      ...gate,
      value: recall,
      status: recall === null ? ('inconclusive' as const) : ('pass' as const),
    }));
  const results = { ...stored, batch, gates, run_timestamp: at, window: { from: to, to } };
  return { key: `monitoring/runs/${at}/monitoring_results.json`, results };
}
const batchOf = (id: string, to: string) => ({ id, window: { from: to, to } }) as Batch;

describe('gates over time', () => {
  const points = trendPoints(
    [
      judged('march', '2026-03-31', '2026-04-01T08:00:00Z', null),
      judged(null, '2026-02-28 23:00:00', '2026-04-02T08:00:00Z', 0.8),
      judged('january', '2026-01-31', '2026-04-03T08:00:00Z', 0.7),
      judged('march', '2026-03-31', '2026-05-01T08:00:00Z', 0.9),
      judged('timeless', null, '2026-03-01T08:00:00Z', 0.6),
    ],
    [batchOf('january', '2026-01-31'), batchOf('march', '2026-03-31')],
  );

  it('stand in the order of their rows, a batch once with what was said of it last', () => {
    assert.deepEqual(
      points.map(({ batch, gates }) => [batch?.id ?? 'run', gates[0]!.value]),
      [
        ['january', 0.7],
        ['run', 0.8],
        ['timeless', 0.6],
        ['march', 0.9],
      ],
    );
  });

  it('are a page of their own: every figure with its limit and answer, and what is not known is not drawn as one', () => {
    const waiting = { ...points[3]!, batch: { id: 'april', name: 'april.csv' } };
    const gap = { ...waiting, gates: waiting.gates.map((gate) => ({ ...gate, value: null })) };
    const all = [...points, gap, { ...gap, gates: [] }];
    const document: GateTrend = {
      kind: 'gate-trend',
      schemaVersion: 1,
      project: 'p',
      environment: 'local',
      points: all,
    };
    const context = { overrides: [], now: new Date(0), commands: [] };
    const message = openDocument('trend', JSON.stringify(document), context);
    assert.ok(message.type === 'report' && message.view.kind === 'page', JSON.stringify(message));
    const chart = message.view.blocks.find((block) => block.type === 'chart')!;
    const { threshold } = points[0]!.gates[0]!;
    assert.deepEqual(
      chart.series.map(({ x, y }) => [x, y]),
      [
        [
          [1, 2, 3, 4, 5],
          [threshold, threshold, threshold, threshold, threshold],
        ],
        [
          [1, 2, 3, 4, 5],
          [0.7, 0.8, 0.6, 0.9, null],
        ],
      ],
    );
    const text = markdownOf(message.view);
    assert.match(text, /january\.csv/);
    assert.match(text, /run of 2026-04-02 08:00 UTC/);
    assert.match(text, /not judged/);
  });
});
