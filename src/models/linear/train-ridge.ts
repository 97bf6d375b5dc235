import { InputError } from '../../common/errors.js';
import { boolean, numberFrom, readOptions } from '../read-options.js';
import type { Training } from '../table/matrix.js';
import { solveSymmetric } from './cholesky.js';
import type { LinearModel } from './linear-model.js';
import { standardise } from './standardise.js';
import { toOriginalUnits, uncentre } from './train-logistic.js';

interface RidgeOptions {
  alpha: number;
  fit_intercept: boolean;
}

/** @throws InputError naming an unknown option with the nearest known one, or a wrong value */
export function readRidgeOptions(given: Record<string, unknown>): RidgeOptions {
  return readOptions<RidgeOptions>(
    given,
    { alpha: numberFrom(0), fit_intercept: boolean },
    { alpha: 1, fit_intercept: true },
    ['solver', 'random_state', 'max_iter', 'tol', 'copy_X', 'n_jobs'],
  );
}

/**
 * Least squares with scikit-learn's ridge penalty, sum(w * (y - f)²) + alpha * |coefficients|²; alpha 0 is ordinary least
 * squares, in which a column that depends on others gets 0.
 * @param given scikit-learn's names: alpha, fit_intercept
 * @throws InputError for options or a table that cannot be used
 */
export function trainRidge({ matrix, target, weight }: Training, given: Record<string, unknown> = {}): LinearModel {
  const options = readRidgeOptions(given);
  const wrong = target.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected a number`);
  const rowWeights = weight ?? new Float64Array(target.length).fill(1);
  const data = standardise(matrix, rowWeights);
  if (!options.fit_intercept) uncentre(data);
  const total = rowWeights.reduce((sum, value) => sum + value, 0);
  const mean = options.fit_intercept ? weightedDot(target, rowWeights) / total : 0;
  const centred = target.map((value, row) => (value - mean) * rowWeights[row]!);
  const gram = data.columns.map((column, j) => {
    const weighted = column.map((value, row) => value * rowWeights[row]!);
    const row = Float64Array.from(data.columns, (other) => weightedDot(weighted, other));
    row[j]! += options.alpha / data.scale[j]! ** 2;
    return row;
  });
  const solution = solveSymmetric(
    gram,
    Float64Array.from(data.columns, (column) => weightedDot(column, centred)),
  );
  const { coefficients, intercept } = toOriginalUnits(data, Float64Array.of(mean, ...solution));
  return {
    kind: 'linear',
    link: 'identity',
    featureNames: [...matrix.columns],
    coefficients: [coefficients],
    intercepts: [intercept],
    converged: true,
    iterations: 1,
    gradient: 0,
    parameters: { ...options },
  };
}

/** Ordinary least squares. */
export function trainLeastSquares(training: Training, given: Record<string, unknown> = {}): LinearModel {
  return trainRidge(training, { ...given, alpha: 0 });
}

function weightedDot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
  return sum;
}
