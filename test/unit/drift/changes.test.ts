import assert from 'node:assert/strict';
import type { DriftColumn } from '../../../src/documents/drift-report.js';
import { changesOf, missingOf, withChanges } from '../../../src/drift/changes.js';
import { proportionsTest } from '../../../src/drift/methods/proportions.js';
import { near } from './near.js';
import { category, numeric } from './samples-of.js';

const words = (text: string, missing = 0) => ({ ...category([...text]), missing });

describe('missing values of a column', () => {
  it('are shares of the rows, and their difference is tested', () => {
    const { missing, changes } = missingOf({ missing: 25, rows: 100 }, { missing: 100, rows: 200 });
    assert.deepEqual(missing, { reference: 0.25, current: 0.5 });
    const { p } = proportionsTest(100, 200, 25, 100);
    assert.deepEqual(changes, [{ of: 'missing', size: 0.25, p_value: p, threshold: 0.05 }]);
    assert.equal(missingOf({ missing: 100, rows: 200 }, { missing: 25, rows: 100 }).changes![0]!.size, 0.25);
  });

  it('prove nothing below 30 rows in either table', () => {
    for (const [reference, current, tested] of [
      [30, 30, 1],
      [29, 30, 0],
      [30, 29, 0],
    ] as const) {
      const found = missingOf({ missing: 0, rows: reference }, { missing: 9, rows: current });
      assert.equal(found.changes!.length, tested);
    }
    assert.deepEqual(missingOf({ missing: 0, rows: 0 }, { missing: 0, rows: 0 }), {
      missing: { reference: null, current: null },
      changes: [],
    });
  });

  it('are counted among all rows, infinite ones too', () => {
    const before = numeric([1, 2, Infinity, NaN]);
    assert.deepEqual(changesOf(before, before, 'numerical').missing, { reference: 0.25, current: 0.25 });
  });
});

describe('new categories of a column', () => {
  const known = `${'a'.repeat(30)}${'b'.repeat(8)}cd`;

  it('are a share of the current rows, less what a sample of this size has not seen', () => {
    const found = changesOf(words(known), words(`${'a'.repeat(30)}${'x'.repeat(10)}`), 'categorical');
    assert.equal(found.new_category_share, 0.25);
    const [, change] = found.changes!;
    assert.deepEqual([change!.of, change!.threshold], ['new_categories', 0.05]);
    near(change!.size, 0.25 - 2 / 40);
    near(change!.p_value, proportionsTest(10, 40, 2, 40).p);
  });

  it('are none where there are fewer than is to be expected', () => {
    const [, change] = changesOf(words(known), words('a'.repeat(40)), 'categorical').changes!;
    assert.equal(change!.size, 0);
  });

  it('prove nothing below 30 values', () => {
    const count = (before: string, after: string) =>
      changesOf(words(before, 40), words(after), 'categorical').changes!.filter(({ of }) => of === 'new_categories')
        .length;
    assert.deepEqual(
      [
        count('a'.repeat(30), 'x'.repeat(30)),
        count('a'.repeat(29), 'x'.repeat(30)),
        count('a'.repeat(30), 'x'.repeat(29)),
      ],
      [1, 0, 0],
    );
  });

  it('are not looked for in prose or in numbers', () => {
    const [prose, numbers] = [words(known), numeric(Float64Array.from({ length: 40 }, (_, at) => at))];
    for (const found of [changesOf(prose, prose, 'text'), changesOf(numbers, numbers, 'numerical')]) {
      assert.equal('new_category_share' in found, false);
      assert.deepEqual(
        found.changes!.map(({ of }) => of),
        ['missing'],
      );
    }
  });
});

describe('a column that such a change makes a drifted one', () => {
  type Change = NonNullable<DriftColumn['changes']>[number];
  const change = (size: number, p_value: number, of: Change['of'] = 'missing'): Change => ({
    of,
    size,
    p_value,
    threshold: 0.05,
  });
  const column = (changes: Change[] | undefined, more: Partial<DriftColumn> = {}): DriftColumn => ({
    ...{ column: 'x', type: 'numerical', method: 'psi', statistic: 0, p_value: null, threshold: 0.1, drifted: false },
    ...(changes === undefined ? {} : { changes }),
    ...more,
  });
  const judged = (size: number, p: number, more: Partial<DriftColumn> = {}) => {
    const [{ drifted, severity } = column(undefined)] = withChanges([column([change(size, p)], more)]);
    return [drifted, severity];
  };

  it('needs a size that matters and a probability that is no chance', () => {
    assert.deepEqual(judged(0.06, 0.04), [true, 'moderate']);
    assert.deepEqual(judged(0.05, 0.04), [false, undefined]);
    assert.deepEqual(judged(0.06, 0.05), [false, undefined]);
  });

  it('is major above a quarter of the rows, and stays so where its distribution was', () => {
    assert.deepEqual(judged(0.25, 0.01), [true, 'moderate']);
    assert.deepEqual(judged(0.26, 0.01), [true, 'major']);
    assert.deepEqual(judged(0.06, 0.01, { severity: 'major' }), [true, 'major']);
    assert.deepEqual(judged(0.01, 0.01, { severity: 'none' }), [false, 'none']);
  });

  it('has its probability corrected for the number of columns, each kind of change apart', () => {
    const found = withChanges([
      column([change(0.1, 0.03), change(0.1, 0.03, 'new_categories')]),
      column([change(0.1, 0.5)]),
      column(undefined),
    ]);
    assert.deepEqual(
      found.map(({ drifted, changes }) => [
        drifted,
        changes?.map(({ of, p_adjusted, over }) => [of, p_adjusted, over]),
      ]),
      [
        [
          true,
          [
            ['missing', 0.06, false],
            ['new_categories', 0.03, true],
          ],
        ],
        [false, [['missing', 0.5, false]]],
        [false, undefined],
      ],
    );
  });
});
