import type { ColumnResult } from '../column-result.js';
import { countsIn, countsOf, sturgesEdges } from '../methods/binning.js';
import { chiSquareFit } from '../methods/chi-square.js';
import { jensenShannon } from '../methods/divergences.js';
import { ksTest } from '../methods/kolmogorov-smirnov.js';
import { proportionsTest } from '../methods/proportions.js';
import { distinctOf, distinctOfBoth, sorted, together } from '../methods/samples.js';
import { wassersteinNormed } from '../methods/wasserstein.js';

/** Above so many reference values distances are taken, up to it tests. */
const smallSample = 1000;
/** Up to so many distinct values numbers count as categories. */
const fewValues = 5;
/** Above so many distinct values of the reference numbers are binned, otherwise each value is a bin. */
const manyValues = 20;

/**
 * Evidently's default choice and verdict (0.7) for a numeric column. It goes by the size of the reference alone: above 1000
 * values the normed Wasserstein distance (Jensen-Shannon for 5 distinct values or fewer), up to 1000 the Kolmogorov-Smirnov
 * test (chi-square for 3 to 5 distinct values, the z test below). Missing and infinite values are left out.
 */
export function evidentlyNumeric(referenceValues: Float64Array, currentValues: Float64Array): ColumnResult {
  const [reference, current] = [sorted(referenceValues), sorted(currentValues)];
  const small = reference.length <= smallSample;
  if (reference.length === 0 || current.length === 0) return noValues(small ? 'ks' : 'wasserstein', small ? 0.05 : 0.1);
  const values = distinctOfBoth(reference, current, fewValues);
  if (values === undefined) {
    return small
      ? test('ks', ksTest(reference, current).p, 0.05, true)
      : distance('wasserstein', wassersteinNormed(reference, current));
  }
  if (small) return categoryTest(values, reference, current);
  const [p, q] = numericShares(reference, current);
  return distance('jensenshannon', jensenShannon(p, q));
}

/** The same for categories: Jensen-Shannon above 1000 reference values; up to it chi-square, or the z test for at most two. */
export function evidentlyCategorical(reference: readonly string[], current: readonly string[]): ColumnResult {
  const small = reference.length <= smallSample;
  if (reference.length === 0 || current.length === 0)
    return noValues(small ? 'chisquare' : 'jensenshannon', small ? 0.05 : 0.1);
  const values = [...new Set([...reference, ...current])].sort();
  if (small) return categoryTest(values, reference, current);
  const share = (list: readonly string[]) => countsOf(values, list).map((count) => count / list.length);
  return distance('jensenshannon', jensenShannon(share(reference), share(current)));
}

/**
 * Shares of two sorted samples in the same bins: Sturges' over both together, or one a value where the reference has at
 * most 20 distinct ones. What Evidently's PSI, Kullback-Leibler and Jensen-Shannon are computed from.
 */
export function numericShares(reference: Float64Array, current: Float64Array): [number[], number[]] {
  const few = distinctOf(reference, manyValues) !== undefined;
  const values = few ? [...new Set([...reference, ...current])] : [];
  const edges = few ? [] : sturgesEdges(together(reference, current));
  const share = (list: Float64Array) => {
    const counts = few ? countsOf(values, list) : countsIn(edges, list);
    return counts.map((count) => count / list.length);
  };
  return [share(reference), share(current)];
}

type Values<Value> = ArrayLike<Value> & Iterable<Value>;

function categoryTest<Value>(values: readonly Value[], reference: Values<Value>, current: Values<Value>): ColumnResult {
  const [before, after] = [countsOf(values, reference), countsOf(values, current)];
  if (values.length <= 2) {
    const [n, m] = [reference.length, current.length];
    return test('z', proportionsTest(n - before[0]!, n, m - after[0]!, m).p, 0.05, false);
  }
  const scale = current.length / reference.length;
  const fit = chiSquareFit(
    after,
    before.map((count) => count * scale),
  );
  return test('chisquare', fit?.p ?? 1, 0.05, false);
}

/** The Kolmogorov-Smirnov test counts p at the threshold as drift, the others do not. */
function test(method: string, p: number, threshold: number, inclusive: boolean): ColumnResult {
  return { method, statistic: null, p_value: p, threshold, drifted: inclusive ? p <= threshold : p < threshold };
}

function distance(method: string, value: number): ColumnResult {
  return { method, statistic: value, p_value: null, threshold: 0.1, drifted: value >= 0.1 };
}

function noValues(method: string, threshold: number): ColumnResult {
  const reason = 'one of the two samples has no values in this column';
  return { method, statistic: null, p_value: null, threshold, drifted: null, reason };
}
