import { InputError } from '../../common/errors.js';
import type { RegressionEvaluation } from './evaluation.js';

/**
 * Evaluates a regression: rmse = sqrt(mean((p - y)²)), mae, mape = mean(|p - y| / |y|) as a share, r2 = 1 - SSE / SST
 * (scikit-learn's definitions, but mape is null where a label is 0). `mean` is the labels' mean.
 * @throws InputError naming the first row whose label or prediction is not a number
 */
export function regressionEvaluation(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RegressionEvaluation {
  if (labels.length !== predictions.length)
    throw new InputError(
      `found ${labels.length} labels and ${predictions.length} predictions, expected as many of each`,
    );
  const sums = sumUp(labels, predictions, weights);
  if (sums.weight <= 0) return nothing(labels.length);
  const mean = sums.label / sums.weight;
  const spread = squaredSpread(labels, mean, weights);
  const reasons: Record<string, string> = {};
  if (sums.zeros > 0) reasons.mape = `${sums.zeros} labels are 0`;
  if (spread === 0) reasons.r2 = 'all labels are equal';
  return {
    n: labels.length,
    mean,
    rmse: Math.sqrt(sums.square / sums.weight),
    mae: sums.absolute / sums.weight,
    mape: sums.zeros > 0 ? null : sums.relative / sums.weight,
    r2: spread === 0 ? null : 1 - sums.square / spread,
    residual_mean: sums.residual / sums.weight,
    reasons,
  };
}

function sumUp(labels: ArrayLike<number>, predictions: ArrayLike<number>, weights?: ArrayLike<number>) {
  const sums = { weight: 0, label: 0, square: 0, absolute: 0, relative: 0, residual: 0, zeros: 0 };
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const residual = predictions[row]! - label;
    if (Number.isNaN(residual))
      throw new InputError(
        `row ${row + 1}: label is ${label} and prediction is ${predictions[row]!}, expected two numbers`,
      );
    const weight = weights ? weights[row]! : 1;
    sums.weight += weight;
    sums.label += weight * label;
    sums.residual += weight * residual;
    sums.square += weight * residual * residual;
    sums.absolute += weight * Math.abs(residual);
    if (label === 0) sums.zeros++;
    else sums.relative += weight * Math.abs(residual / label);
  }
  return sums;
}

function squaredSpread(labels: ArrayLike<number>, mean: number, weights?: ArrayLike<number>): number {
  let spread = 0;
  for (let row = 0; row < labels.length; row++) spread += (weights ? weights[row]! : 1) * (labels[row]! - mean) ** 2;
  return spread;
}

function nothing(n: number): RegressionEvaluation {
  const names = ['mean', 'rmse', 'mae', 'mape', 'r2', 'residual_mean'] as const;
  const reasons = Object.fromEntries(names.map((name) => [name, 'no rows']));
  return { n, mean: null, rmse: null, mae: null, mape: null, r2: null, residual_mean: null, reasons };
}
