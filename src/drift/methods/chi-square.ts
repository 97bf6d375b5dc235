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
 * Homogeneity of two rows of counts, as `scipy.stats.chi2_contingency`: Yates' correction with two categories only.
 * Categories that neither row has are left out; null for fewer than two categories or an empty row.
 */
export function chiSquareContingency(first: readonly number[], second: readonly number[]): ChiSquare | null {
  const used = first.map((_, at) => at).filter((at) => first[at]! + second[at]! > 0);
  const total = (row: readonly number[]) => used.reduce((sum, at) => sum + row[at]!, 0);
  const [n, m] = [total(first), total(second)];
  if (used.length < 2 || n === 0 || m === 0) return null;
  const degrees = used.length - 1;
  const statistic = used.reduce((sum, at) => {
    const column = first[at]! + second[at]!;
    return (
      sum +
      [first, second].reduce((part, row, which) => {
        const expected = (column * (which === 0 ? n : m)) / (n + m);
        const distance = Math.abs(row[at]! - expected);
        return part + squareOver(degrees === 1 ? distance - Math.min(0.5, distance) : distance, expected);
      }, 0)
    );
  }, 0);
  return { statistic, p: chiSquareTail(statistic, degrees), degrees };
}

function squareOver(distance: number, expected: number): number {
  if (distance === 0) return 0;
  return expected === 0 ? Infinity : distance ** 2 / expected;
}
