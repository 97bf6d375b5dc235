import type { Standardised } from './standardise.js';

/**
 * The penalised log loss of a binary logistic regression over standardised columns, divided by the rows' total weight.
 * A point is [intercept, coefficients…] in standardised units; the penalty is that of the original units.
 */
export interface LogisticProblem {
  size: number;
  loss(point: Float64Array): number;
  /** Gradient at a point; keeps what `hessian` needs. */
  gradient(point: Float64Array): Float64Array;
  /** Second derivatives at the point of the last gradient. */
  hessian(): Float64Array[];
}

/** @param penalty 1 / C of scikit-learn: half of it times the squared coefficients (not the intercept) is added */
export function logisticProblem(
  data: Standardised,
  target: Float64Array,
  weight: Float64Array,
  penalty: number,
  intercept: boolean,
): LogisticProblem {
  const rows = target.length;
  const total = weight.reduce((sum, value) => sum + value, 0);
  const size = data.columns.length + 1;
  const scores = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const residual = new Float64Array(rows);
  // coefficient = point / scale, so that the penalty on a coefficient is divided by the squared scale here.
  const ridge = data.scale.map((scale) => penalty / (scale * scale) / total);

  function score(point: Float64Array): void {
    scores.fill(point[0]!);
    data.columns.forEach((column, j) => {
      const factor = point[j + 1]!;
      if (factor !== 0) for (let row = 0; row < rows; row++) scores[row]! += factor * column[row]!;
    });
  }

  function loss(point: Float64Array): number {
    score(point);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const margin = target[row] === 1 ? scores[row]! : -scores[row]!;
      // log(1 + e^-m) without overflow.
      sum += weight[row]! * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
    }
    return sum / total + ridge.reduce((added, own, j) => added + (own * point[j + 1]! ** 2) / 2, 0);
  }

  function gradient(point: Float64Array): Float64Array {
    score(point);
    for (let row = 0; row < rows; row++) {
      const probability = 1 / (1 + Math.exp(-scores[row]!));
      const share = weight[row]! / total;
      residual[row] = share * (probability - target[row]!);
      curvature[row] = share * probability * (1 - probability);
    }
    const result = new Float64Array(size);
    if (intercept) result[0] = residual.reduce((sum, value) => sum + value, 0);
    data.columns.forEach((column, j) => (result[j + 1] = dot(residual, column) + ridge[j]! * point[j + 1]!));
    return result;
  }

  function hessian(): Float64Array[] {
    const result = Array.from({ length: size }, () => new Float64Array(size));
    result[0]![0] = intercept ? curvature.reduce((sum, value) => sum + value, 0) : 1;
    const weighted = new Float64Array(rows);
    data.columns.forEach((column, j) => {
      for (let row = 0; row < rows; row++) weighted[row] = curvature[row]! * column[row]!;
      if (intercept) result[j + 1]![0] = result[0]![j + 1] = weighted.reduce((sum, value) => sum + value, 0);
      for (let k = 0; k <= j; k++) result[j + 1]![k + 1] = result[k + 1]![j + 1] = dot(weighted, data.columns[k]!);
      result[j + 1]![j + 1]! += ridge[j]!;
    });
    return result;
  }

  return { size, loss, gradient, hessian };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
