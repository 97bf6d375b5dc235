import { studentTails } from '../special/incomplete-beta.js';

export interface Moments {
  n: number;
  mean: number;
  /** The mean in two parts, a value and the distance from it: large numbers alone would leave no digits for the latter. */
  from: number;
  distance: number;
  /** Divides by n − 1; NaN for one value. */
  variance: number;
}

/** Mean and variance of values that are there; taken from the first value on, so that large numbers cost no digits. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  const from = values[0]!;
  let sum = 0;
  for (let at = 0; at < n; at += 1) sum += values[at]! - from;
  const distance = sum / n;
  let squares = 0;
  for (let at = 0; at < n; at += 1) squares += (values[at]! - from - distance) ** 2;
  return { n, mean: from + distance, from, distance, variance: squares / (n - 1) };
}

export interface TestAnswer {
  statistic: number;
  p: number;
}

/**
 * Student's test of equal means, two-sided, with one variance for both samples: what `scipy.stats.ttest_ind` does unless
 * told otherwise. Null where there is no spread to measure by.
 */
export function studentTest(reference: Moments, current: Moments): TestAnswer | null {
  const degrees = reference.n + current.n - 2;
  const pooled = spreadOf(reference, current);
  const error = pooled * Math.sqrt(1 / reference.n + 1 / current.n);
  if (degrees < 1 || !(error > 0)) return null;
  const statistic = apart(reference, current) / error;
  return { statistic, p: studentTails(statistic, degrees) };
}

/** Welch's test, with a variance for each sample and Satterthwaite's degrees of freedom. */
export function welchTest(reference: Moments, current: Moments): TestAnswer | null {
  const [a, b] = [reference.variance / reference.n, current.variance / current.n];
  const error = Math.sqrt(a + b);
  if (!(error > 0)) return null;
  const degrees = (a + b) ** 2 / (a ** 2 / (reference.n - 1) + b ** 2 / (current.n - 1));
  const statistic = apart(reference, current) / error;
  return { statistic, p: studentTails(statistic, degrees) };
}

/** Cohen's d: how far the means lie apart in pooled standard deviations, without sign. Null without spread. */
export function cohensD(reference: Moments, current: Moments): number | null {
  const pooled = spreadOf(reference, current);
  return pooled > 0 ? Math.abs(apart(reference, current)) / pooled : null;
}

function apart(reference: Moments, current: Moments): number {
  return reference.from - current.from + (reference.distance - current.distance);
}

/** The pooled standard deviation. A sample of one value adds no squares. */
function spreadOf(reference: Moments, current: Moments): number {
  const squares = ({ n, variance }: Moments) => (n < 2 ? 0 : (n - 1) * variance);
  return Math.sqrt((squares(reference) + squares(current)) / (reference.n + current.n - 2));
}
