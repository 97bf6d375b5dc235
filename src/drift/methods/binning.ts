import { populationStd } from './wasserstein.js';

/** Bin edges by Sturges' rule over sorted values: width = range / (log2 n + 1). As NumPy's `bins="sturges"` for floats. */
export function sturgesEdges(values: Float64Array): number[] {
  return equalEdges(values, (range) => range / (Math.log2(values.length) + 1));
}

/** Bin edges by Doane's rule: more bins for skewed values. As NumPy's `bins="doane"` for floats. */
export function doaneEdges(values: Float64Array): number[] {
  const n = values.length;
  const sigma = populationStd(values);
  if (n <= 2 || sigma === 0) return equalEdges(values, (range) => range);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const skew = values.reduce((sum, value) => sum + ((value - mean) / sigma) ** 3, 0) / n;
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return equalEdges(values, (range) => range / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skew) / spread)));
}

function equalEdges(values: Float64Array, widthOf: (range: number) => number): number[] {
  const [low, high] = [values[0]!, values.at(-1)!];
  if (low === high) return [low - 0.5, high + 0.5];
  const bins = Math.ceil((high - low) / widthOf(high - low));
  const step = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, index) => (index === bins ? high : index * step + low));
}

/** Counts of sorted values in half-open bins, the last one closed; values outside are in none. */
export function countsIn(edges: readonly number[], values: Float64Array): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of values) {
    if (value < edges[0]! || value > edges.at(-1)!) continue;
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin += 1;
    counts[bin]! += 1;
  }
  return counts;
}

/** Counts in the order of `keys`, of values that are keys. */
export function countsOf<Key>(keys: readonly Key[], values: Iterable<Key>): number[] {
  const counts = new Map(keys.map((key) => [key, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return keys.map((key) => counts.get(key)!);
}
