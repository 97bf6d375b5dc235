import { populationStd } from './wasserstein.js';

/**
 * Bin edges by Sturges' rule: width = range / (log2 n + 1). As NumPy's `bins="sturges"`, which makes bins of whole
 * numbers (`integer`) at least 1 wide. `low` and `high`: the least and the largest of `n` values.
 */
export function sturgesEdges(low: number, high: number, n: number, integer = false): number[] {
  const width = (high - low) / (Math.log2(n) + 1);
  return equalEdges(low, high, integer ? Math.max(1, width) : width);
}

/** Bin edges by Doane's rule: more bins for skewed values. As NumPy's `bins="doane"` for floats. */
export function doaneEdges(values: Float64Array): number[] {
  const n = values.length;
  const sigma = populationStd(values);
  const [low, high] = [values[0]!, values.at(-1)!];
  if (n <= 2 || sigma === 0) return equalEdges(low, high, high - low);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const skew = values.reduce((sum, value) => sum + ((value - mean) / sigma) ** 3, 0) / n;
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return equalEdges(low, high, (high - low) / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skew) / spread)));
}

function equalEdges(low: number, high: number, width: number): number[] {
  if (low === high) return [low - 0.5, high + 0.5];
  // A range so small that its bins have no width is one bin.
  return evenEdges(low, high, width > 0 ? Math.ceil((high - low) / width) : 1);
}

/** The edges of so many equal bins between two values, as `numpy.linspace`. */
export function evenEdges(low: number, high: number, bins: number): number[] {
  const step = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, index) => (index === bins ? high : index * step + low));
}

/** Counts of sorted values in half-open bins, the last one closed; values outside are in none. */
export function countsIn(edges: readonly number[], values: Float64Array): number[] {
  const last = edges.length - 1;
  const starts = edges.map((edge, at) => (at === last ? countUpTo(values, edge) : countBelow(values, edge)));
  return starts.slice(1).map((start, bin) => Math.max(0, start - starts[bin]!));
}

/** How many of the sorted values lie below one. */
export function countBelow(values: Float64Array, limit: number): number {
  return firstWhere(values, (value) => value >= limit);
}

/** How many of the sorted values lie at or below one. */
export function countUpTo(values: Float64Array, limit: number): number {
  return firstWhere(values, (value) => value > limit);
}

function firstWhere(values: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(values[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
