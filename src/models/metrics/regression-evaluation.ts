import { InputError } from '../../common/errors.js';
import { checkLengths, checkWeights } from './check-rows.js';
import type { RegressionEvaluation } from './evaluation.js';

/**
 * Evaluates a regression: rmse = sqrt(mean((p - y)²)), mae, mape = mean(|p - y| / |y|) as a share, r2 = 1 - SSE / SST,
 * explained_variance = 1 − var(p − y) / var(y), median_ae and max_error of |p − y| (scikit-learn's definitions, but mape is
 * null where a label is 0). `mean` is the labels' mean.
 * @throws InputError naming the first row whose label or prediction is not a number
 */
export function regressionEvaluation(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RegressionEvaluation {
  checkLengths({ labels, predictions, weights });
  checkWeights(weights);
  const sums = sumUp(labels, predictions, weights);
  if (sums.weight <= 0) return nothing(labels.length);
  const mean = sums.label / sums.weight;
  const meanResidual = sums.residual / sums.weight;
  const spread = squaredSpread(labels.length, (row) => labels[row]! - mean, weights);
  const unexplained = squaredSpread(labels.length, (row) => predictions[row]! - labels[row]! - meanResidual, weights);
  const reasons: Record<string, string> = {};
  if (sums.zeros > 0) reasons.mape = `${sums.zeros} labels are 0`;
  if (spread === 0) reasons.r2 = reasons.explained_variance = 'all labels are equal';
  return {
    n: labels.length,
    mean,
    rmse: Math.sqrt(sums.square / sums.weight),
    mae: sums.absolute / sums.weight,
    mape: sums.zeros > 0 ? null : sums.relative / sums.weight,
    r2: spread === 0 ? null : 1 - sums.square / spread,
    explained_variance: spread === 0 ? null : 1 - unexplained / spread,
    median_ae: medianError(labels, predictions, weights),
    max_error: sums.largest,
    residual_mean: meanResidual,
    reasons,
  };
}

function sumUp(labels: ArrayLike<number>, predictions: ArrayLike<number>, weights?: ArrayLike<number>) {
  const sums = { weight: 0, label: 0, square: 0, absolute: 0, relative: 0, residual: 0, zeros: 0, largest: 0 };
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const residual = predictions[row]! - label;
    if (Number.isNaN(residual))
      throw new InputError(
        `row ${row + 1}: label is ${label} and prediction is ${predictions[row]!}, expected two numbers`,
      );
    const weight = weights ? weights[row]! : 1;
    if (weight === 0) continue;
    sums.weight += weight;
    sums.largest = Math.max(sums.largest, Math.abs(residual));
    sums.label += weight * label;
    sums.residual += weight * residual;
    sums.square += weight * residual * residual;
    sums.absolute += weight * Math.abs(residual);
    if (label === 0) sums.zeros++;
    else sums.relative += weight * Math.abs(residual / label);
  }
  return sums;
}

function squaredSpread(rows: number, distance: (row: number) => number, weights?: ArrayLike<number>): number {
  let spread = 0;
  for (let row = 0; row < rows; row++) spread += (weights ? weights[row]! : 1) * distance(row) ** 2;
  return spread;
}

/** Median of |p − y|; with weights the value(s) at half of the weight, averaged where it falls between two. */
function medianError(labels: ArrayLike<number>, predictions: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const errors = Float64Array.from(labels, (label, row) => Math.abs(predictions[row]! - label));
  if (weights === undefined) {
    errors.sort();
    const middle = errors.length >> 1;
    return errors.length % 2 === 1 ? errors[middle]! : (errors[middle - 1]! + errors[middle]!) / 2;
  }
  const order = Uint32Array.from(errors, (_, row) => row)
    .filter((row) => weights[row]! > 0)
    .sort((left, right) => errors[left]! - errors[right]!);
  const half = order.reduce((sum, row) => sum + weights[row]!, 0) / 2;
  let below = 0;
  for (const [at, row] of order.entries()) {
    below += weights[row]!;
    if (below > half || at === order.length - 1) return errors[row]!;
    if (below === half) return (errors[row]! + errors[order[at + 1]!]!) / 2;
  }
  return NaN;
}

function nothing(n: number): RegressionEvaluation {
  const figures = {
    mean: null,
    rmse: null,
    mae: null,
    mape: null,
    r2: null,
    explained_variance: null,
    median_ae: null,
    max_error: null,
    residual_mean: null,
  };
  return { n, ...figures, reasons: Object.fromEntries(Object.keys(figures).map((name) => [name, 'no rows'])) };
}
