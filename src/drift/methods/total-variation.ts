import { mersenneTwister, shuffle } from '../../common/mersenne-twister.js';

/** Half the sum of the differences of two shares, 0–1. */
export function totalVariation(reference: readonly number[], current: readonly number[]): number {
  return reference.reduce((sum, p, at) => sum + Math.abs(p - current[at]!), 0) / 2;
}

/**
 * How often the total variation of two samples is at least as large after mixing them at random: Evidently's `TVD`,
 * with its 1000 permutations from seed 0. Values are places in a list of `categories` categories, in row order.
 */
export function permutedTotalVariation(reference: Int32Array, current: Int32Array, categories: number): number {
  const rounds = 1000;
  const [n, m] = [reference.length, current.length];
  const values = Int32Array.from([...reference, ...current]);
  const totals = countsOf(values, categories);
  // In whole numbers, so that equal distances are equal whatever the order of sums.
  const distance = (counts: Float64Array) =>
    counts.reduce((sum, count, at) => sum + Math.abs(count * m - (totals[at]! - count) * n), 0);
  const observed = distance(countsOf(reference, categories));
  const next = mersenneTwister(0);
  const order = new Int32Array(n + m);
  let farther = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < order.length; i += 1) order[i] = i;
    shuffle(order, next);
    const mixed = order.subarray(0, n).map((place) => values[place]!);
    if (distance(countsOf(mixed, categories)) >= observed) farther += 1;
  }
  return farther / rounds;
}

function countsOf(values: Int32Array, categories: number): Float64Array {
  const counts = new Float64Array(categories);
  for (const value of values) counts[value]! += 1;
  return counts;
}
