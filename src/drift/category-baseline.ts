import type { ColumnStatistics } from '../documents/baselines.js';
import { flooredPsi } from './methods/decile-psi.js';

/** More different texts than this are no categories. */
export const mostCategories = 1000;
/** No share counts as less in an index of stability. */
const leastShare = 1e-4;

/** Statistics of a column of texts: what is missing (null or empty), and the share of each value among those there. */
export function textStatistics(texts: readonly (string | null)[]): ColumnStatistics {
  const counts = new Map<string, number>();
  let count = 0;
  for (const text of texts) {
    if (!text) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    count += 1;
  }
  const nothing = { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null };
  const null_pct = texts.length === 0 ? null : (100 * (texts.length - count)) / texts.length;
  const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const categories =
    count === 0 || most.length > mostCategories
      ? null
      : { values: most.map(([value]) => value), shares: most.map(([, n]) => n / count) };
  return { ...nothing, null_pct, count, categories };
}

export type CategoryShares = NonNullable<ColumnStatistics['categories']>;

/** Both samples' shares in the same order: first what the baseline had, then what it never had. */
export function pairedShares(baseline: CategoryShares, current: CategoryShares) {
  const had = new Set(baseline.values);
  const fresh = current.values.filter((value) => !had.has(value));
  const categories = [...baseline.values, ...fresh];
  const shares = ({ values, shares: of }: CategoryShares) => {
    const known = new Map(values.map((value, at) => [value, of[at]!]));
    return categories.map((value) => known.get(value) ?? 0);
  };
  return { categories, fresh, baseline: shares(baseline), current: shares(current) };
}

/** Population stability index between shares in the same bins, Σ (p − q) ln(p / q), no share below 0.0001. */
export function psiOfShares(baseline: readonly number[], current: readonly number[]): number {
  return flooredPsi([...baseline], [...current], leastShare);
}
