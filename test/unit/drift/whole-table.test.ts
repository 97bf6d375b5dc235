import assert from 'node:assert/strict';
import type { DriftColumn } from '../../../src/documents/drift-report.js';
import type { ModelMonitorStatistics } from '../../../src/documents/model-monitor/statistics.js';
import { compareColumn, concludeColumns } from '../../../src/drift/compare.js';
import { consensusOf } from '../../../src/drift/consensus.js';
import { datasetOf } from '../../../src/drift/dataset.js';
import { adjusted } from '../../../src/drift/methods/adjust.js';
import { comparedStatistics } from '../../../src/drift/model-monitor/stability.js';
import { numbers } from '../../support/generated.js';
import { near } from './near.js';
import { category, numeric } from './samples-of.js';

const column = (drifted: boolean | null, more: Partial<DriftColumn> = {}): DriftColumn => ({
  column: 'x',
  type: 'numerical',
  method: 'psi',
  statistic: 0,
  p_value: null,
  threshold: 0.1,
  drifted,
  ...more,
});

describe('the answer for a whole table', () => {
  it('goes by the share of columns that drifted, each profile by its own', () => {
    const columns = [column(true), column(false), column(false)];
    assert.equal(datasetOf(columns, 'evidently').drifted, false);
    assert.equal(datasetOf(columns, 'default').drifted, true);
    assert.equal(datasetOf(columns, 'nannyml').drifted, true);
    assert.equal(datasetOf([column(true), column(false)], 'evidently').drifted, true, 'one half is enough');
  });

  it('leaves out columns that the asked method is not for', () => {
    const [one, two] = [numbers(1, 500, 0, 1), numbers(2, 500, 0, 1)];
    const plans = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 'basic' : 'plus'));
    const settings = { profile: 'default', method: 'ks' } as const;
    const compared = [
      compareColumn('a', numeric(one), numeric(two), settings),
      compareColumn('plan', category(plans), category(plans), settings),
    ];
    assert.deepEqual(
      compared.map(({ drifted }) => drifted),
      [false, null],
    );
    assert.equal(datasetOf(compared, 'default').drifted, false);
  });

  it('stays open where it hangs on a column that could not be compared', () => {
    assert.equal(datasetOf([column(true), column(false), column(false), column(null)], 'evidently').drifted, null);
    assert.equal(datasetOf([column(false), column(false), column(false), column(null)], 'evidently').drifted, false);
    assert.equal(datasetOf([column(true), column(true), column(null)], 'evidently').drifted, true);
    assert.equal(datasetOf([column(null)], 'sagemaker').share, null);
    assert.equal(
      datasetOf([column(false), column(null, { type: 'text' })], 'sagemaker').drifted,
      false,
      'no candidate',
    );
  });

  it('asks whether it matters where the importance of columns is known', () => {
    const idle = [
      column(true, { importance: 0.05 }),
      column(true, { importance: 0 }),
      column(false, { importance: 0.95 }),
    ];
    assert.deepEqual([datasetOf(idle, 'default').drifted, datasetOf(idle, 'default').share], [false, 0.05]);
    assert.equal(
      datasetOf([column(true, { importance: 0.4 }), column(false, { importance: 0.6 })], 'default').drifted,
      true,
    );
  });

  it('corrects probabilities for the number of columns', () => {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.5), "BH")
    const found = adjusted([0.01, 0.04, null, 0.03, 0.5]);
    [0.04, 0.16 / 3, null, 0.16 / 3, 0.5].forEach((value, at) =>
      value === null ? assert.equal(found[at], null) : near(found[at], value),
    );
    const pairs = Array.from({ length: 40 }, (_, seed) => [
      numbers(seed + 1, 100, 0, 1),
      numbers(seed + 101, 100, 0, 1),
    ]);
    const columns = pairs.map(([a, b]) =>
      compareColumn('x', numeric(a!), numeric(b!), { profile: 'default', method: 'ks' }),
    );
    const concluded = concludeColumns(columns, { profile: 'default', method: 'ks' });
    assert.ok(concluded.every(({ drifted, p_value, p_adjusted }) => drifted === false && p_adjusted! >= p_value!));
  });

  it('takes together what several indicators say', () => {
    const settings = { profile: 'default' as const };
    const before = numeric(numbers(1, 500, 0, 1));
    const far = concludeColumns([compareColumn('x', before, numeric(numbers(2, 500, 1, 1)), settings)], settings);
    const near_ = concludeColumns([compareColumn('x', before, numeric(numbers(3, 500, 0, 1)), settings)], settings);
    const [moved, still] = [consensusOf(far), consensusOf(near_)];
    assert.deepEqual([moved.agreed, moved.severity], [true, 'major']);
    assert.deepEqual([still.agreed, still.severity], [false, 'none']);
    assert.equal(consensusOf([]).agreed, null);
  });

  it('does not compare numbers with text, and names both', () => {
    const mixed = compareColumn('x', numeric([1, 2, 3]), category(['a']), { profile: 'evidently' });
    assert.equal(mixed.drifted, null);
    assert.match(mixed.reason!, /numbers in the reference and text now/);
  });
});

describe('two files of Model Monitor’s statistics', () => {
  const file = (counts: number[], letters: Record<string, number>): ModelMonitorStatistics => ({
    dataset: { item_count: 100 },
    features: [
      {
        name: 'x',
        inferred_type: 'Fractional',
        numerical_statistics: {
          common: { num_present: 100, num_missing: 0 },
          distribution: {
            kll: { buckets: counts.map((count, at) => ({ lower_bound: at, upper_bound: at + 1, count })) },
          },
        },
      },
      {
        name: 'letter',
        inferred_type: 'String',
        string_statistics: {
          common: { num_present: 100, num_missing: 0 },
          distribution: {
            categorical: { buckets: Object.entries(letters).map(([value, count]) => ({ value, count })) },
          },
        },
      },
    ],
  });
  const compare = (before: ModelMonitorStatistics, after: ModelMonitorStatistics) =>
    comparedStatistics({ name: 'a', document: before }, { name: 'b', document: after }, new Date(0));

  it('are compared by the stability of their histograms', () => {
    const report = compare(file([50, 50], { a: 60, b: 40 }), file([25, 75], { a: 60, b: 40 }));
    near(report.columns[0]!.statistic, 0.25 * Math.log(2) + -0.25 * Math.log(50 / 75));
    assert.deepEqual(
      report.columns.map(({ drifted }) => drifted),
      [true, false],
    );
    assert.equal(report.dataset.drifted, true);
  });

  it('are not compared where the edges differ', () => {
    const report = compare(file([50, 50], { a: 1 }), file([30, 30, 40], { a: 1 }));
    assert.equal(report.columns[0]!.drifted, null);
    assert.match(report.columns[0]!.reason!, /same edges/);
    assert.equal(report.dataset.drifted, null);
  });
});
