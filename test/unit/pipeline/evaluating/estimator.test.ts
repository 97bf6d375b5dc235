import assert from 'node:assert/strict';
import { performanceEstimatorSchema } from '../../../../src/documents/performance-estimator.js';
import type { Bundle } from '../../../../src/models/bundle/bundle.js';
import { randomSource } from '../../../../src/models/random-source.js';
import { estimatesOf, fitEstimator } from '../../../../src/pipeline/evaluating/estimator.js';
import { madePart } from '../../../support/made-part.js';

const inputs = ['a', 'b', 'c'].map((name) => ({ name, type: 'number' as const }));
const bundleOf = (task: 'binary' | 'regression') =>
  ({ task, inputs, threshold: task === 'binary' ? 0.5 : null }) as unknown as Bundle;
/** As it comes back from the bucket. */
const stored = async (bundle: Bundle, test: Parameters<typeof fitEstimator>[2]) => {
  const estimator = await fitEstimator(bundle, 'v1', test);
  return estimator && performanceEstimatorSchema.parse(JSON.parse(JSON.stringify(estimator)));
};

describe('what a version keeps to estimate its figures without labels', () => {
  it('of a classifier tells from scores alone how often they are right', async () => {
    const scored = (rows: number, seed: number) => {
      const part = madePart(rows, seed);
      return {
        part,
        threshold: 0.5,
        scores: Float64Array.from(part.matrix.values[0]!, (a) => 1 / (1 + Math.exp(6 - a))),
      };
    };
    const bundle = bundleOf('binary');
    const estimator = await stored(bundle, scored(2000, 1));
    const batch = scored(1500, 2);
    const right = batch.scores.filter((score, row) => Number(score >= 0.5) === batch.part.target[row]).length / 1500;
    const found = estimatesOf(estimator!, bundle, batch);
    assert.ok(Math.abs(found.accuracy!.value - right) < 4 * found.accuracy!.error, `${found.accuracy!.value} ${right}`);
    assert.equal(found.fpr!.value, 1 - found.specificity!.value);
    assert.equal(found.roc_auc!.n, 1500);
    const scores = batch.scores.map((score, row) => (row < 500 ? NaN : score));
    assert.equal(
      estimatesOf(estimator!, bundle, { ...batch, scores }).roc_auc!.n,
      1000,
      'rows without a score tell nothing',
    );
    assert.deepEqual(estimatesOf(estimator!, bundle, { ...batch, scores: scores.fill(NaN) }), {});
  });

  it('of a classifier of three classes tells their means', async () => {
    const classes = ['low', 'middle', 'high'];
    const scored = (rows: number, seed: number) => {
      const made = madePart(rows, seed);
      const random = randomSource(seed + 100);
      const a = made.matrix.values[0]!;
      const weights = classes.map((_, at) => a.map((value) => Math.exp(-((value - 2 - 3 * at) ** 2) / 6)));
      const sums = a.map((_, row) => weights.reduce((sum, one) => sum + one[row]!, 0));
      const probabilities = weights.map((one) => one.map((weight, row) => weight / sums[row]!));
      const target = a.map((_, row) => {
        let left = random();
        return Math.max(
          0,
          probabilities.findIndex((one) => (left -= one[row]!) < 0),
        );
      });
      const best = a.map((_, row) =>
        [0, 1, 2].reduce((m, at) => (probabilities[at]![row]! > probabilities[m]![row]! ? at : m), 0),
      );
      return { part: { ...made, target, classes }, scores: best, threshold: null, several: { classes, probabilities } };
    };
    const bundle = { task: 'multiclass', inputs, classes } as unknown as Bundle;
    const estimator = await stored(bundle, scored(2000, 1));
    const batch = scored(1500, 2);
    const found = estimatesOf(estimator!, bundle, batch);
    const right = batch.scores.filter((place, row) => place === batch.part.target[row]).length / 1500;
    assert.ok(Math.abs(found.accuracy!.value - right) < 4 * found.accuracy!.error, `${found.accuracy!.value} ${right}`);
    assert.deepEqual(Object.keys(found).sort(), [
      'accuracy',
      'macro_f1',
      'macro_precision',
      'macro_recall',
      'roc_auc_ovr',
    ]);
  });

  it('of a regression tells how wrong it will be, where it is wrong in some places only', async () => {
    const bundle = bundleOf('regression');
    const scored = (rows: number, seed: number, from = 0) => {
      const part = madePart(rows, seed, 'regression');
      const a = part.matrix.values[0]!;
      for (let row = 0; row < rows; row++) a[row] = from + (a[row]! * (10 - from)) / 10;
      // Above 5 the model is off by 3, below it by 1.
      return {
        part: { ...part, target: a.map((value) => value + (value > 5 ? 3 : 1)) },
        scores: Float64Array.from(a),
        threshold: null,
      };
    };
    const estimator = await stored(bundle, scored(700, 1));
    assert.ok(Math.abs(estimatesOf(estimator!, bundle, scored(400, 2)).mae!.value - 2) < 0.15);
    const high = estimatesOf(estimator!, bundle, scored(400, 3, 5));
    assert.ok(Math.abs(high.mae!.value - 3) < 0.1 && Math.abs(high.rmse!.value - 3) < 0.1, JSON.stringify(high));
  });

  it('is nothing where the test rows are few, or hardly any of one class', async () => {
    const part = madePart(40, 1);
    assert.equal(
      await fitEstimator(bundleOf('binary'), 'v1', { part, scores: part.target, threshold: 0.5 }),
      undefined,
    );
    const many = madePart(400, 1);
    const lone = { ...many, target: many.target.map((_, row) => Number(row < 3)) };
    assert.equal(
      await fitEstimator(bundleOf('binary'), 'v1', { part: lone, scores: lone.target, threshold: 0.5 }),
      undefined,
    );
  });
});
