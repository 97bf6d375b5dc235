import { type ColumnResult, noValues, undecided } from '../column-result.js';
import { deequChiSquare, robustDistance } from '../methods/deequ.js';
import { largestDifference } from '../methods/divergences.js';
import { ksStatistic } from '../methods/kolmogorov-smirnov.js';
import { categoriesOf, presentIn, type Sample, sharesOfCounts } from '../sample.js';

/** What Model Monitor compares distributions by. */
export interface ComparisonSettings {
  method: 'linf_simple' | 'linf_robust';
  categorical: 'LInfinity' | 'ChiSquared';
  threshold: number;
  categoricalThreshold: number;
}

/** As in the constraints that Model Monitor suggests, and that we write. */
export const usualComparison: ComparisonSettings = {
  method: 'linf_robust',
  categorical: 'LInfinity',
  threshold: 0.1,
  categoricalThreshold: 0.1,
};

/**
 * Model Monitor's baseline drift check of a column: the largest distance of the two distribution functions for numbers,
 * of two shares for text; `linf_robust` takes off what samples of these sizes differ by anyway. A chi-square test, where
 * it is asked for, compares its p with the same threshold from the other side. Exact, where Model Monitor estimates from
 * sketches.
 */
export function sagemakerColumn(
  reference: Sample,
  current: Sample,
  settings: ComparisonSettings = usualComparison,
): ColumnResult {
  const categorical = reference.kind === 'category' || current.kind === 'category';
  const threshold = categorical ? settings.categoricalThreshold : settings.threshold;
  const test = categorical && settings.categorical === 'ChiSquared';
  const method = test ? 'chi_squared' : settings.method;
  const [n, m] = [presentIn(reference), presentIn(current)];
  if (n === 0 || m === 0) return undecided(method, noValues, threshold);
  if (test) {
    const { before, after } = categoriesOf(reference, current);
    const p = deequChiSquare(before, after);
    if (p === null) return undecided(method, 'there are too few categories with enough rows', threshold);
    return { method, statistic: null, p_value: p, threshold, drifted: p < threshold };
  }
  const simple = distance(reference, current);
  const statistic = settings.method === 'linf_robust' ? robustDistance(simple, n, m) : simple;
  return { method, statistic, p_value: null, threshold, drifted: statistic > threshold };
}

function distance(reference: Sample, current: Sample): number {
  if (reference.kind === 'numeric' && current.kind === 'numeric') return ksStatistic(reference.values, current.values);
  const { before, after } = categoriesOf(reference, current);
  return largestDifference(sharesOfCounts(before), sharesOfCounts(after));
}
