import type { LogisticProblem } from './logistic-problem.js';
import type { Standardised } from './standardise.js';

/**
 * The penalised log loss of a multinomial logistic regression, divided by the rows' total weight: as `logisticProblem`, with
 * [intercept, coefficients…] for each class in turn.
 */
export function softmaxProblem(
  data: Standardised,
  target: Float64Array,
  weight: Float64Array,
  penalty: number,
  intercept: boolean,
  classes: number,
): LogisticProblem {
  const rows = target.length;
  const total = weight.reduce((sum, value) => sum + value, 0);
  const width = data.columns.length + 1;
  const probabilities = Array.from({ length: classes }, () => new Float64Array(rows));
  const ridge = data.scale.map((scale) => penalty / (scale * scale) / total);
  const constant = new Float64Array(rows).fill(Number(intercept));
  const columns = [constant, ...data.columns];

  function score(point: Float64Array): void {
    probabilities.forEach((scores, k) => {
      scores.fill(0);
      columns.forEach((column, j) => {
        const factor = point[k * width + j]!;
        if (factor !== 0) for (let row = 0; row < rows; row++) scores[row]! += factor * column[row]!;
      });
    });
  }

  /** Turns scores into probabilities; returns the mean loss without penalty. */
  function normalise(): number {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let most = -Infinity;
      for (const scores of probabilities) most = Math.max(most, scores[row]!);
      const own = probabilities[target[row]!]![row]!;
      let all = 0;
      for (const scores of probabilities) all += scores[row] = Math.exp(scores[row]! - most);
      for (const scores of probabilities) scores[row]! /= all;
      sum += weight[row]! * (Math.log(all) + most - own);
    }
    return sum / total;
  }

  function loss(point: Float64Array): number {
    score(point);
    return normalise() + penaltyOf(point);
  }

  function penaltyOf(point: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < classes; k++)
      for (let j = 1; j < width; j++) sum += (ridge[j - 1]! * point[k * width + j]! ** 2) / 2;
    return sum;
  }

  function gradient(point: Float64Array): Float64Array {
    score(point);
    normalise();
    const result = new Float64Array(classes * width);
    const residual = new Float64Array(rows);
    probabilities.forEach((probability, k) => {
      for (let row = 0; row < rows; row++)
        residual[row] = (weight[row]! / total) * (probability[row]! - Number(target[row] === k));
      columns.forEach((column, j) => {
        const own = j === 0 ? 0 : ridge[j - 1]! * point[k * width + j]!;
        result[k * width + j] = dot(residual, column) + own;
      });
    });
    return result;
  }

  function hessian(): Float64Array[] {
    const result = Array.from({ length: classes * width }, () => new Float64Array(classes * width));
    const weighted = new Float64Array(rows);
    for (let a = 0; a < classes; a++)
      for (let b = 0; b <= a; b++)
        columns.forEach((column, i) => {
          for (let row = 0; row < rows; row++) {
            const p = probabilities[a]![row]!;
            const curvature = a === b ? p * (1 - p) : -p * probabilities[b]![row]!;
            weighted[row] = (weight[row]! / total) * curvature * column[row]!;
          }
          columns.forEach((other, j) => {
            const value = dot(weighted, other) + (a === b && i === j && j > 0 ? ridge[j - 1]! : 0);
            result[a * width + i]![b * width + j] = result[b * width + j]![a * width + i] = value;
          });
        });
    return result;
  }

  return { size: classes * width, loss, gradient, hessian };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
