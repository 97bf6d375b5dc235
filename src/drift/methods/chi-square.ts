import { chiSquareTail } from '../special/tails.js';

export interface ChiSquare {
  statistic: number;
  p: number;
  degrees: number;
}

/**
 * Goodness of fit of counts to expected ones; degrees of freedom = categories − 1. A count where none was expected is
 * infinitely far, p = 0. Null for fewer than two categories: there is nothing to compare.
 */
export function chiSquareFit(observed: readonly number[], expected: readonly number[]): ChiSquare | null {
  if (observed.length < 2) return null;
  const statistic = observed.reduce((sum, count, at) => sum + squareOver(count - expected[at]!, expected[at]!), 0);
  return { statistic, p: chiSquareTail(statistic, observed.length - 1), degrees: observed.length - 1 };
}

/**
 * The likelihood-ratio (G) test of counts to expected ones, as `scipy.stats.power_divergence` with `log-likelihood`:
 * 2 Σ O ln(O / E), degrees of freedom = categories − 1. Null for fewer than two categories.
 */
export function gTest(observed: readonly number[], expected: readonly number[]): ChiSquare | null {
  if (observed.length < 2) return null;
  const statistic = 2 * observed.reduce((sum, count, at) => sum + logRatio(count, expected[at]!), 0);
  return { statistic, p: chiSquareTail(statistic, observed.length - 1), degrees: observed.length - 1 };
}

/**
 * Homogeneity of two rows of counts, as `scipy.stats.chi2_contingency`: Yates' correction with two categories only.
 * Categories that neither row has are left out; null for fewer than two categories or an empty row.
 */
export function chiSquareContingency(first: readonly number[], second: readonly number[]): ChiSquare | null {
  return homogeneity(first, second, (count, expected, degrees) => {
    const distance = Math.abs(count - expected);
    return squareOver(degrees === 1 ? distance - Math.min(0.5, distance) : distance, expected);
  });
}

/** The same by the likelihood ratio, `lambda_="log-likelihood"`, without a correction. */
export function gContingency(first: readonly number[], second: readonly number[]): ChiSquare | null {
  return homogeneity(first, second, (count, expected) => 2 * logRatio(count, expected));
}

function homogeneity(
  first: readonly number[],
  second: readonly number[],
  part: (count: number, expected: number, degrees: number) => number,
): ChiSquare | null {
  const used = first.map((_, at) => at).filter((at) => first[at]! + second[at]! > 0);
  const total = (row: readonly number[]) => used.reduce((sum, at) => sum + row[at]!, 0);
  const [n, m] = [total(first), total(second)];
  if (used.length < 2 || n === 0 || m === 0) return null;
  const degrees = used.length - 1;
  const statistic = used.reduce((sum, at) => {
    const column = first[at]! + second[at]!;
    const mine = part(first[at]!, (column * n) / (n + m), degrees);
    return sum + mine + part(second[at]!, (column * m) / (n + m), degrees);
  }, 0);
  return { statistic, p: chiSquareTail(statistic, degrees), degrees };
}

function logRatio(count: number, expected: number): number {
  if (count === 0) return 0;
  return expected === 0 ? Infinity : count * Math.log(count / expected);
}

function squareOver(distance: number, expected: number): number {
  if (distance === 0) return 0;
  return expected === 0 ? Infinity : distance ** 2 / expected;
}
