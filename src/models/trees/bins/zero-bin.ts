import { ZERO_THRESHOLD } from '../find-leaves.js';
import { type Counted, greedyBounds } from './greedy-bins.js';

/**
 * Upper bounds of at most `maxBin` bins with one bin for zero alone, so that zero, the most common value of many
 * columns, can be told from its neighbours. LightGBM's FindBinWithZeroAsOneBin.
 */
export function boundsWithZeroBin(distinct: Counted, maxBin: number, total: number, minInBin: number): number[] {
  const { values } = distinct;
  const firstZero = place(values, (value) => value > -ZERO_THRESHOLD);
  const firstAbove = place(values, (value) => value > ZERO_THRESHOLD);
  const below = part(distinct, 0, firstZero);
  const above = part(distinct, firstAbove, values.length);
  const rowsBelow = sum(below.counts);
  const rowsAbove = sum(above.counts);
  const zeros = sum(distinct.counts) - rowsBelow - rowsAbove;
  const bounds: number[] = [];
  if (firstZero > 0 && maxBin > 1) {
    const share = Math.max(1, Math.trunc((rowsBelow / (total - zeros)) * (maxBin - 1)));
    bounds.push(...greedyBounds(below, share, rowsBelow, minInBin));
    bounds[bounds.length - 1] = -ZERO_THRESHOLD;
  }
  const rest = maxBin - 1 - bounds.length;
  if (firstAbove < values.length && rest > 0)
    bounds.push(ZERO_THRESHOLD, ...greedyBounds(above, rest, rowsAbove, minInBin));
  else bounds.push(Infinity);
  return bounds;
}

function place(values: Float64Array, test: (value: number) => boolean): number {
  const found = values.findIndex(test);
  return found < 0 ? values.length : found;
}

function part({ values, counts }: Counted, from: number, to: number): Counted {
  return { values: values.subarray(from, to), counts: counts.subarray(from, to) };
}

function sum(counts: Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
