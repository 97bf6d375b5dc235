import type { ColumnStatistics } from '../documents/baselines.js';

const binCount = 20;

/**
 * Statistics of one column over its non-missing values: mean, standard deviation (n−1), extremes and quartiles
 * (linear interpolation between order statistics, NumPy's default). `null_pct` is the share of NaN in `raw`, 0–100.
 */
export function statisticsOf(values: Float64Array, raw: Float64Array): ColumnStatistics {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const count = present.length;
  const empty = raw.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  const null_pct = raw.length === 0 ? null : (100 * empty) / raw.length;
  if (count === 0) {
    return { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null, null_pct, count };
  }
  const mean = present.reduce((sum, value) => sum + value, 0) / count;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    std: count < 2 ? null : Math.sqrt(squares / (count - 1)),
    min: present[0]!,
    max: present[count - 1]!,
    median: quantile(present, 0.5),
    q1: quantile(present, 0.25),
    q3: quantile(present, 0.75),
    null_pct,
    count,
  };
}

/** Quantile of sorted values, Hyndman and Fan's type 7. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return below + (at - low) * (above - below);
}

/**
 * Equal-width bins between the 1st and 99th percentile, the outer ones open, so that one outlier does not flatten the
 * picture. null when there is nothing to draw.
 */
export function histogramOf(values: Float64Array): { edges: number[]; shares: number[] } | null {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  if (present.length === 0) return null;
  const low = quantile(present, 0.01);
  const high = quantile(present, 0.99);
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const edges = Array.from({ length: binCount + 1 }, (_, bin) => from + ((to - from) * bin) / binCount);
  return { edges, shares: sharesOf(present, edges) };
}

/** Shares of the non-missing values in the bins of `edges`; values outside count in the outer bins. */
export function sharesOf(values: Float64Array, edges: number[]): number[] {
  const bins = edges.length - 1;
  const from = edges[0]!;
  const width = (edges[bins]! - from) / bins;
  const counts = new Array<number>(bins).fill(0);
  let total = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - from) / width)));
    counts[bin]! += 1;
    total += 1;
  }
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
