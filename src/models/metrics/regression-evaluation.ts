import { InputError } from '../../common/errors.js';
import { checkLengths, checkWeights } from './check-rows.js';
import {
  regressionFigures,
  type RegressionFigure,
  type RegressionFigureName,
  type RegressionRows,
} from './regression-figures.js';

/** The figures of a regression on one split. A figure that cannot be computed is null, its reason in `reasons`. */
export type RegressionEvaluation = { n: number; reasons: Record<string, string> } & Record<
  RegressionFigureName,
  number | null
>;

/**
 * Evaluates a regression.
 * @throws InputError naming the first row whose label or prediction is not a number
 */
export function regressionEvaluation(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RegressionEvaluation {
  checkLengths({ labels, predictions, weights });
  checkWeights(weights);
  const rows = rowsOf(labels, predictions, weights);
  const figures: [string, RegressionFigure<RegressionRows>][] = Object.entries(regressionFigures);
  const named = figures.map(([name, figure]) => ({ name, figure, value: rows && figure.value(rows) }));
  const missing = named.filter(({ value }) => value === null);
  const reason = ({ none }: RegressionFigure) => (rows && none ? none(rows) : 'no rows');
  return {
    n: labels.length,
    ...(Object.fromEntries(named.map(({ name, value }) => [name, value])) as Record<
      RegressionFigureName,
      number | null
    >),
    reasons: Object.fromEntries(missing.map(({ name, figure }) => [name, reason(figure)])),
  };
}

/** Null where no row has any weight. */
function rowsOf(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): RegressionRows | null {
  const sums = sumUp(labels, predictions, weights);
  if (sums.weight <= 0) return null;
  const mean = sums.label / sums.weight;
  const meanResidual = sums.residual / sums.weight;
  const spread = (distance: (row: number) => number) => squaredSpread(labels.length, distance, weights);
  return {
    ...sums,
    mean,
    meanResidual,
    spread: spread((row) => labels[row]! - mean),
    unexplained: spread((row) => predictions[row]! - labels[row]! - meanResidual),
    medianError: medianError(labels, predictions, weights),
    largestError: sums.largest,
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
