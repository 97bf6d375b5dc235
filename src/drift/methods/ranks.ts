import { walkBoth } from './samples.js';

export interface Ranks {
  /** Sum of the reference's ranks in both samples together; ties share the mean of their places. */
  sum: number;
  /** Σ (t³ − t) over groups of t equal values. */
  ties: number;
}

/** Ranks of the first of two sorted samples in both together, from 1. */
export function ranksOf(reference: Float64Array, current: Float64Array): Ranks {
  let sum = 0;
  let ties = 0;
  let [before, beforeToo] = [0, 0];
  walkBoth(reference, current, (_, below, belowToo) => {
    const mine = below - before;
    const size = mine + belowToo - beforeToo;
    sum += mine * (before + beforeToo + (size + 1) / 2);
    ties += size ** 3 - size;
    [before, beforeToo] = [below, belowToo];
  });
  return { sum, ties };
}
