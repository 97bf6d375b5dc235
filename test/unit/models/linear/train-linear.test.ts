import assert from 'node:assert/strict';
import { trainLogistic } from '../../../../src/models/linear/train-logistic.js';
import { trainLeastSquares, trainRidge } from '../../../../src/models/linear/train-ridge.js';
import { predict } from '../../../../src/models/predict.js';
import { fitPreprocessing } from '../../../../src/models/preprocessing/fit.js';
import { applyPreprocessing } from '../../../../src/models/preprocessing/apply.js';
import type { Training } from '../../../../src/models/table/matrix.js';
import { assertClose } from '../support/close.js';
import { lcgNumbers } from '../support/golden.js';

/** 200 rows of three columns of very different size, 107 positives. */
function threeColumns(): Training {
  const u = lcgNumbers(71);
  const rows = Array.from({ length: 200 }, () => [u() * 2 - 1, u() * 10, u() * 1e6]);
  const target = rows.map(([a, b, c]) => Number(u() < 1 / (1 + Math.exp(-(2 * a! + 0.3 * b! - 1e-6 * c! - 1)))));
  const values = [0, 1, 2].map((place) => Float64Array.from(rows, (row) => row[place]!));
  return { matrix: { columns: ['a', 'b', 'c'], values, rows: 200 }, target: Float64Array.from(target) };
}

function scaled(training: Training): Training {
  const steps = fitPreprocessing([{ step: 'scale' }], training.matrix);
  return { ...training, matrix: applyPreprocessing(steps, training.matrix) };
}

describe('logistic regression', () => {
  it("has scikit-learn's coefficients on scaled columns", async () => {
    const model = await trainLogistic(scaled(threeColumns()));
    assertClose(model.coefficients[0]!, [0.9271671377315721, 1.0136200300375096, -0.3093699468135425], 1e-7);
    assertClose(model.intercepts, [0.18473175103574435], 1e-7);
    assert.equal(model.converged, true);
  });

  it("has scikit-learn's coefficients with a strong penalty and balanced classes", async () => {
    const model = await trainLogistic(scaled(threeColumns()), { C: 0.1, class_weight: 'balanced' });
    assertClose(model.coefficients[0]!, [0.6839354764935909, 0.7444008182583814, -0.1905146523516333], 1e-7);
    assertClose(model.intercepts, [0.03313607488799989], 1e-6);
  });

  it('converges on columns of up to 1e12, constant ones included', async () => {
    const { matrix, target } = threeColumns();
    const huge = matrix.values[2]!.map((value, row) => (row % 20 === 0 ? value * 1e6 : 0));
    const constant = new Float64Array(200).fill(7);
    const wide = {
      columns: ['a', 'b', 'huge', 'constant'],
      values: [...matrix.values.slice(0, 2), huge, constant],
      rows: 200,
    };
    const model = await trainLogistic(
      { matrix: wide, target },
      { class_weight: 'balanced', max_iter: 1000, random_state: 42 },
    );
    assert.equal(model.converged, true);
    assert.equal(model.coefficients[0]![3], 0);
    const probabilities = predict(model, wide)[0]!;
    assert.ok(probabilities.every((value) => value > 0 && value < 1));
    assert.ok(probabilities.some((value) => Math.abs(value - 0.5) > 0.2));
  });

  it("has scikit-learn's coefficients with an l1 penalty, exact zeros included", async () => {
    const strong = await trainLogistic(scaled(threeColumns()), { penalty: 'l1', C: 0.05 });
    assertClose(strong.coefficients[0]!.slice(0, 2), [0.3104645772028916, 0.3636532305544137], 1e-8);
    assert.equal(strong.coefficients[0]![2], 0);
    const weak = await trainLogistic(scaled(threeColumns()), { penalty: 'l1', C: 0.5 });
    assertClose(weak.coefficients[0]!, [0.8722558986421538, 0.9551120535493762, -0.24906571568596975], 1e-8);
    assertClose(weak.intercepts, [0.178744239155238], 1e-8);
    assert.equal(weak.converged, true);
  });

  it("has scikit-learn's coefficients for three classes, and probabilities that add up to 1", async () => {
    const training = scaled(threeColumns());
    const target = training.target.map((label, row) => (training.matrix.values[0]![row]! > 0.8 ? 2 : label));
    const model = await trainLogistic({ ...training, target });
    assertClose(
      model.coefficients.flat(),
      [
        ...[-2.283859453315338, -0.6008361738664623, 0.13017209694505494],
        ...[-1.3021143703714397, 0.5189167339254956, -0.27129966510768944],
        ...[3.585973823686778, 0.08191943994096788, 0.14112756816263808],
      ],
      1e-7,
    );
    assertClose(model.intercepts, [1.1652121137235802, 1.3464167233156754, -2.511628837039257], 1e-7);
    const [a, b, c] = predict(model, training.matrix);
    assertClose(
      a!.map((value, row) => value + b![row]! + c![row]!),
      new Float64Array(200).fill(1),
      1e-12,
    );
  });

  it('says when it did not converge', async () => {
    const model = await trainLogistic(scaled(threeColumns()), { max_iter: 1 });
    assert.equal(model.converged, false);
    assert.equal(model.iterations, 1);
    assert.ok(model.gradient > 1e-6);
  });

  it('counts a weight of 2 like the same row twice', async () => {
    const { matrix, target } = scaled(threeColumns());
    const rows = [...Array(200).keys(), ...Array(50).keys()];
    const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    const doubled = { matrix: { ...matrix, values: matrix.values.map(take), rows: 250 }, target: take(target) };
    const weight = Float64Array.from({ length: 200 }, (_, row) => (row < 50 ? 2 : 1));
    const a = await trainLogistic({ matrix, target, weight });
    const b = await trainLogistic(doubled);
    assertClose(a.coefficients[0]!, b.coefficients[0]!, 1e-9);
  });

  it('refuses what it cannot learn from, naming it', async () => {
    const { matrix, target } = threeColumns();
    const values = [matrix.values[0]!, matrix.values[1]!.with(3, NaN), matrix.values[2]!];
    await assert.rejects(trainLogistic({ matrix: { ...matrix, values }, target }), /missing or infinite values: b;/);
    await assert.rejects(trainLogistic({ matrix, target: target.fill(0) }), /the target is 0 in all 200 rows/);
    await assert.rejects(trainLogistic(threeColumns(), { c: 1 }), /unknown parameter "c"; did you mean "C"/);
    await assert.rejects(trainLogistic(threeColumns(), { C: 0 }), /"C" is 0, expected a number above 0/);
  });

  it('is cancelled by its signal', async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(trainLogistic(threeColumns(), {}, { signal }), { name: 'CancelledError' });
  });
});

describe('ridge and least squares', () => {
  it("have scikit-learn's coefficients", () => {
    const model = trainRidge(threeColumns(), { alpha: 2 });
    assertClose(model.coefficients[0]!, [0.30219994966390384, 0.07147569652487074, -2.0481523283610749e-7], 1e-10);
    assertClose(model.intercepts, [0.25561842947454605], 1e-10);
  });

  it('find an exact line, and collinear columns do no harm', () => {
    const { matrix } = threeColumns();
    const target = matrix.values[0]!.map((a, row) => 3 * a - 2 * matrix.values[1]![row]! + 5);
    const model = trainLeastSquares({ matrix, target });
    assertClose(model.coefficients[0]!.slice(0, 2), [3, -2], 1e-9);
    assertClose(model.intercepts, [5], 1e-9);
    const twice = { columns: ['a', 'b', 'sum'], values: [...matrix.values.slice(0, 2)], rows: 200 };
    twice.values.push(matrix.values[0]!.map((a, row) => a + matrix.values[1]![row]!));
    assertClose(predict(trainLeastSquares({ matrix: twice, target }), twice)[0]!, target, 1e-9);
  });
});
