import assert from 'node:assert/strict';
import fc from 'fast-check';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { regressionEvaluation } from '../../../../src/models/metrics/regression-evaluation.js';

/** Few distinct scores, so that ties are the rule. */
const row = fc.record({
  label: fc.constantFrom(0, 1),
  score: fc.oneof(fc.constantFrom(0, 0.25, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  weight: fc.constantFrom(0, 1, 2.5),
});
const rows = fc.array(row, { maxLength: 40 });
const figures = (table: { label: number; score: number; weight: number }[], weighted = false, threshold = 0.5) =>
  binaryEvaluation(
    table.map(({ label }) => label),
    table.map(({ score }) => score),
    threshold,
    weighted ? table.map(({ weight }) => weight) : undefined,
  );
const near = (left: number | null, right: number | null, what: string) => {
  if (left === null || right === null) return assert.equal(left, right, what);
  assert.ok(Math.abs(left - right) < 1e-9, `${what}: ${left}, ${right}`);
};
const bounded = ['recall', 'precision', 'fpr', 'fnr', 'specificity', 'f1', 'f0_5', 'f2', 'accuracy', 'balanced_accuracy',
  'roc_auc', 'average_precision', 'ks', 'brier', 'ece', 'mce'] as const; // prettier-ignore

describe('figures of a binary classifier, whatever the table', () => {
  it('are null with a reason, or finite and within their bounds', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (table, weighted) => {
        const found = figures(table, weighted);
        for (const [name, value] of Object.entries(found)) {
          if (value === null) assert.ok(found.reasons[name], `${name} has a reason`);
          if (typeof value === 'number') assert.ok(Number.isFinite(value), name);
        }
        for (const name of bounded) {
          const value = found[name];
          assert.ok(value === null || (value >= -1e-12 && value <= 1 + 1e-12), `${name} ${value}`);
        }
      }),
    );
  });

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [there, back] = [figures(table), figures([...table].reverse())];
        for (const name of [...bounded, 'mcc', 'kappa', 'log_loss'] as const) near(there[name], back[name], name);
      }),
    );
  });

  it('are the same for every row twice', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [once, twice] = [figures(table), figures([...table, ...table])];
        for (const name of [...bounded, 'mcc', 'kappa', 'log_loss'] as const) near(once[name], twice[name], name);
      }),
    );
  });

  it('swap sides with the classes: area and agreement stay', () => {
    fc.assert(
      fc.property(rows, (table) => {
        // Eighths have exact mirror images.
        const eighths = table.map((one) => ({ ...one, score: Math.round(8 * one.score) / 8 }));
        const mirrored = eighths.map(({ label, score, weight }) => ({ label: 1 - label, score: 1 - score, weight }));
        const [there, back] = [figures(eighths, false, 0.4), figures(mirrored, false, 0.6)];
        near(there.roc_auc, back.roc_auc, 'roc_auc');
        for (const name of ['brier', 'log_loss', 'ks', 'mcc', 'kappa', 'accuracy'] as const)
          near(there[name], back[name], name);
        near(there.recall, back.specificity, 'recall');
      }),
    );
  });

  it('keep the ranking under any rising change of the scores', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const stretched = table.map((one) => ({ ...one, score: Math.round(one.score * 1e6) * 3 - 7 }));
        const rounded = table.map((one) => ({ ...one, score: Math.round(one.score * 1e6) / 1e6 }));
        const [there, here] = [figures(rounded), figures(stretched)];
        for (const name of ['roc_auc', 'average_precision', 'ks'] as const) near(there[name], here[name], name);
      }),
    );
  });

  it('have recall and false positive rate fall as the threshold rises', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (table, threshold) => {
        const [low, high] = [figures(table, false, threshold / 2), figures(table, false, threshold)];
        assert.ok((low.recall ?? 0) >= (high.recall ?? 0));
        assert.ok((low.fpr ?? 0) >= (high.fpr ?? 0));
      }),
    );
  });

  it('say one half of constant scores, and 1 of perfect ones', () => {
    assert.equal(binaryEvaluation([0, 1, 1], [0.3, 0.3, 0.3], 0.5).roc_auc, 0.5);
    const perfect = binaryEvaluation([0, 0, 1], [0, 0, 1], 0.5);
    assert.deepEqual(
      [perfect.roc_auc, perfect.average_precision, perfect.ks, perfect.mcc, perfect.kappa, perfect.ece],
      [1, 1, 1, 1, 1, 0],
    );
  });

  it('rank infinite scores, and refuse what is not a number or no weight', () => {
    assert.equal(binaryEvaluation([0, 1], [-Infinity, Infinity], 0).roc_auc, 1);
    assert.throws(() => binaryEvaluation([0, 1], [NaN, 1], 0), /score of row 1 is not a number/);
    assert.throws(
      () => binaryEvaluation([0, 1], [0, 1], 0, [1, -1]),
      /weight of row 2 is -1, expected a number from 0 up/,
    );
    assert.throws(() => binaryEvaluation([0, 1], [0, 1], 0, [1, Infinity]), /weight of row 2 is Infinity/);
  });

  it('of one row are what that row says', () => {
    const one = binaryEvaluation([1], [0.8], 0.5);
    assert.deepEqual([one.recall, one.precision, one.roc_auc, one.mcc], [1, 1, null, null]);
    assert.match(one.reasons.mcc!, /all of one class/);
  });
});

describe('figures of a regression, whatever the table', () => {
  const pair = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }));
  it('count a weight as so many rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pair, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 30 }),
        (table) => {
          const labels = table.map(([[label]]) => label);
          const predictions = table.map(([[, prediction]]) => prediction);
          const repeated = table.flatMap(
            ([[label, prediction], times]) => new Array(times).fill([label, prediction]) as number[][],
          );
          const weighted = regressionEvaluation(
            labels,
            predictions,
            table.map(([, times]) => times),
          );
          const plain = regressionEvaluation(
            repeated.map(([label]) => label!),
            repeated.map(([, prediction]) => prediction!),
          );
          for (const name of ['rmse', 'mae', 'median_ae', 'max_error', 'r2', 'explained_variance', 'mape'] as const)
            near(weighted[name], plain[name], name);
        },
      ),
    );
  });

  it('say 0 of no error, and 1 of what it explains', () => {
    const { rmse, max_error, r2, explained_variance } = regressionEvaluation([1, 2, 4], [1, 2, 4]);
    assert.deepEqual([rmse, max_error, r2, explained_variance], [0, 0, 1, 1]);
    assert.equal(regressionEvaluation([1, 2, 4], [2, 3, 5]).explained_variance, 1, 'a constant offset varies nothing');
  });
});
