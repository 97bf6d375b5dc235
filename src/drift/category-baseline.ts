import type { ColumnStatistics } from '../documents/baselines.js';
import { flooredPsi } from './methods/decile-psi.js';

/** More different texts than this are no categories. */
export const mostCategories = 1000;
/** Of more than this, only the shares of the commonest are compared one by one: those of rare ones move by chance. */
const commonest = 50;
/** So many rows are to be expected of a category that stands for itself, in either sample. */
const leastRows = 5;
/** No share counts as less in an index of stability. */
const leastShare = 1e-4;

/**
 * Statistics of a column of texts: what is missing (null or empty), and the share of each value among those there.
 * @param known values of which the shares are told however many others there are; without, too many different ones have none
 */
export function textStatistics(texts: readonly (string | null)[], known?: readonly string[]): ColumnStatistics {
  const counts = new Map<string, number>();
  let count = 0;
  for (const text of texts) {
    if (!text) continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    count += 1;
  }
  const nothing = { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null };
  const null_pct = texts.length === 0 ? null : (100 * (texts.length - count)) / texts.length;
  const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = new Set(known);
  const most = all.length <= mostCategories ? all : all.filter(([value], at) => at < commonest || kept.has(value));
  const categories =
    count === 0 || (known === undefined && most.length < all.length)
      ? null
      : { values: most.map(([value]) => value), shares: most.map(([, n]) => n / count) };
  return { ...nothing, null_pct, count, categories };
}

export type CategoryShares = NonNullable<ColumnStatistics['categories']>;

/** Two samples' shares in the same order, and what is new in the second. */
export interface PairedShares {
  categories: string[];
  baseline: number[];
  current: number[];
  /** Values that the baseline never had, as far as they are known. */
  fresh: string[];
  /** Their share, with those whose names are not known. */
  freshShare: number;
}

/**
 * Both samples' shares in the same order: first what the baseline had, then what it never had. Of more than 50 categories
 * those that 5 rows are to be expected of in either sample, 50 at most, stand for themselves and all others together; what
 * is new is held against the share of new values that was to be expected, that of the baseline's rows whose value stands
 * there once (Good 1953, after Turing).
 * @param rows with a value, of either
 */
export function pairedShares(
  baseline: CategoryShares,
  current: CategoryShares,
  rows: { baseline: number; current: number },
): PairedShares {
  const had = new Set(baseline.values);
  const fresh = current.values.filter((value) => !had.has(value));
  const known = new Map(current.values.map((value, at) => [value, current.shares[at]!]));
  const now = baseline.values.map((value) => known.get(value) ?? 0);
  const freshShare = Math.max(0, 1 - sum(now));
  if (baseline.values.length <= commonest) {
    const named = fresh.map((value) => known.get(value)!);
    return {
      categories: [...baseline.values, ...fresh],
      baseline: [...baseline.shares, ...named.map(() => 0)],
      current: [...now, ...named],
      ...{ fresh, freshShare },
    };
  }
  const enough = leastRows / Math.min(rows.baseline, rows.current);
  const own = baseline.shares.filter((share, at) => at < commonest && share >= enough).length;
  const expected = sum(baseline.shares.filter((share) => Math.round(share * rows.baseline) === 1));
  const others = sum(baseline.shares.slice(own));
  return {
    categories: [...baseline.values.slice(0, own), '(others)', '(new)'],
    // What stands there once is as likely to be something else next time.
    baseline: [...baseline.shares.slice(0, own), Math.max(0, others - expected), expected],
    current: [...now.slice(0, own), sum(now.slice(own)), freshShare],
    ...{ fresh, freshShare },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Population stability index between shares in the same bins, Σ (p − q) ln(p / q), no share below 0.0001. */
export function psiOfShares(baseline: readonly number[], current: readonly number[]): number {
  return flooredPsi([...baseline], [...current], leastShare);
}
