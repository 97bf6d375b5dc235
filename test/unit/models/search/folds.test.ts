import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupFolds, labelFolds, rowFolds, timeFolds, type Fold } from '../../../../src/models/search/folds.js';

const tests = (folds: Fold[]) => folds.map(({ test }) => [...test]);
const labels = [0, 1, 2, 0, 0, 1, 0, 2, 0, 1, 1, 0, 0, 2, 0, 0, 1];

describe('folds', () => {
  // Recorded from scikit-learn 1.9.1: KFold, StratifiedKFold, GroupKFold and TimeSeriesSplit.
  it('by row are those of scikit-learn', () => {
    const expected = [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10],
      [11, 12, 13],
      [14, 15, 16],
    ];
    assert.deepEqual(tests(rowFolds(17, 5)), expected);
  });

  it('by label are those of scikit-learn', () => {
    assert.deepEqual(tests(labelFolds(labels, 3)), [
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10, 11],
      [12, 13, 14, 15, 16],
    ]);
    assert.deepEqual(tests(labelFolds(labels, 4)), [
      [0, 1, 2, 3, 4],
      [5, 6, 8, 9],
      [7, 10, 11, 12],
      [13, 14, 15, 16],
    ]);
  });

  it('by time are those of scikit-learn, expanding, with a gap', () => {
    const folds = timeFolds([...Array(11).keys()], 3, 1);
    assert.deepEqual(
      folds.map(({ train, test }) => [[...train], [...test]]),
      [
        [
          [0, 1, 2, 3],
          [5, 6],
        ],
        [
          [0, 1, 2, 3, 4, 5],
          [7, 8],
        ],
        [
          [0, 1, 2, 3, 4, 5, 6, 7],
          [9, 10],
        ],
      ],
    );
  });

  it('by time never judge by rows of the same time or later, however rows are ordered', () => {
    const times = ['2026-01-03', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-01', '2026-01-02'];
    for (const { train, test } of timeFolds(times, 2)) {
      const latest = [...train]
        .map((row) => times[row]!)
        .sort()
        .at(-1)!;
      assert.ok(test.length > 0 && [...test].every((row) => times[row]! > latest));
    }
  });

  it('hold every row once, keep groups together and labels in their shares, with any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 1e6 }), (k, seed) => {
        const groups = Array.from({ length: 40 }, (_, row) => `g${(row * 7) % 11}`);
        const byGroup = groupFolds(groups, k, seed);
        const byLabel = labelFolds(labels, k, seed);
        for (const folds of [byGroup, byLabel, rowFolds(40, k, seed)]) {
          const all = folds.flatMap(({ test }) => [...test]).sort((one, other) => one - other);
          assert.deepEqual(all, [...all.keys()]);
          for (const { train, test } of folds) assert.equal(new Set([...train, ...test]).size, all.length);
        }
        for (const { train, test } of byGroup) {
          const learned = new Set([...train].map((row) => groups[row]));
          assert.ok([...test].every((row) => !learned.has(groups[row])));
        }
        const zeros = byLabel.map(({ test }) => [...test].filter((row) => labels[row] === 0).length);
        assert.ok(Math.max(...zeros) - Math.min(...zeros) <= 1, zeros.join());
      }),
    );
  });

  it('say what is missing where there are too few rows, groups or times', () => {
    assert.throws(() => rowFolds(3, 5), /found 3 rows, expected at least 5/);
    assert.throws(() => groupFolds(['a', 'b', 'a'], 3), /found 2 groups, expected at least 3/);
    assert.throws(() => timeFolds([1, 2, 3], 3), /found 3 distinct times, expected more for 3 parts/);
  });
});
