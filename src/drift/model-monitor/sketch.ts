import type { KllBucket, KllSketch } from '../../documents/model-monitor/statistics.js';
import { countsIn, evenEdges } from '../methods/binning.js';

/** Model Monitor's settings: values kept, and how fast levels shrink. */
const [size, shrinking] = [2048, 0.64];
const bucketCount = 10;

/** Ten equal bins between the least and the largest of sorted values, with their counts. */
export function bucketsOf(values: Float64Array): KllBucket[] {
  const [low, high] = [values[0]!, values.at(-1)!];
  const edges = evenEdges(low, high, bucketCount);
  return countsIn(edges, values).map((count, at) => ({
    lower_bound: edges[at]!,
    upper_bound: edges[at + 1]!,
    count,
  }));
}

/**
 * A sample of sorted values in the form of Model Monitor's sketch: each value of level i stands for 2^i rows. Up to 2048
 * values it is all of them. Beyond, the middle of every so many in order, which is nearer to the values than a sketch that
 * drops half of them at random, and the same in every run.
 */
export function sketchOf(values: Float64Array): KllSketch {
  const top = Math.max(0, Math.ceil(Math.log2(values.length / size)));
  const data: number[][] = Array.from({ length: top + 1 }, () => []);
  let at = 0;
  for (let level = top; level >= 0; level -= 1) {
    const block = 2 ** level;
    while (values.length - at >= block) {
      data[level]!.push(values[at + (block >> 1)]!);
      at += block;
    }
  }
  return { parameters: { c: shrinking, k: size }, data };
}

/** Values of a distribution with the rows each stands for, by value. */
export interface Weighted {
  values: Float64Array;
  weights: Float64Array;
}

/** The distribution that a sketch remembers. Undefined without a finite value. */
export function weightedOf({ data }: KllSketch): Weighted | undefined {
  const pairs = data.flatMap((level, at) =>
    level.flatMap((value) => (typeof value === 'number' ? [[value, 2 ** at] as const] : [])),
  );
  if (pairs.length === 0) return undefined;
  pairs.sort(([a], [b]) => a - b);
  return {
    values: Float64Array.from(pairs, ([value]) => value),
    weights: Float64Array.from(pairs, ([, weight]) => weight),
  };
}

/** The largest distance of a remembered distribution function and that of sorted values. */
export function distanceFrom({ values, weights }: Weighted, current: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [i, j, before, largest] = [0, 0, 0, 0];
  while (i < values.length || j < current.length) {
    const value = Math.min(values[i] ?? Infinity, current[j] ?? Infinity);
    for (; i < values.length && values[i] === value; i += 1) before += weights[i]!;
    while (j < current.length && current[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(before / total - j / current.length));
  }
  return largest;
}
