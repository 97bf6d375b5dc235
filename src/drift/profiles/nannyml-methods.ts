import { countBelow, countUpTo, countsIn, doaneEdges, evenEdges } from '../methods/binning.js';
import { chiSquareContingency } from '../methods/chi-square.js';
import { hellinger, jensenShannon, largestDifference } from '../methods/divergences.js';
import { ksStatistic } from '../methods/kolmogorov-smirnov.js';
import { wassersteinDistance } from '../methods/wasserstein.js';
import { sharesOfCounts, totalOf } from '../sample.js';

/** From so many reference values on, two methods estimate from a histogram of so many equal bins. */
const manyValues = 10_000;

export type Counts = ReadonlyMap<string, number>;

/** The figure of a chunk against the reference that the method was fitted on; the chunk is not empty. */
export interface Fitted<Chunk> {
  value: (chunk: Chunk) => number;
  /** Where the alert goes by a probability and not by a limit. */
  p?: (chunk: Chunk) => number;
}

export interface NannyMethod {
  /** No figure can be larger, so no limit is. */
  most: number;
  /** Sorted finite values; the reference is not empty. */
  continuous?: (reference: Float64Array) => Fitted<Float64Array>;
  categorical?: (reference: Counts) => Fitted<Counts>;
}

/**
 * A distance of shares. Numbers are counted in the reference's own bins (Doane's rule), categories by the reference's;
 * what is in none of them is one more bin, if there is any.
 */
const shareDistance = (of: (p: number[], q: number[]) => number): NannyMethod => ({
  most: Infinity,
  continuous: (reference) => {
    const edges = doaneEdges(reference);
    const share = (values: Float64Array) => countsIn(edges, values).map((count) => count / values.length);
    const before = share(reference);
    return { value: (chunk) => of(...withLeftover(before, share(chunk))) };
  },
  categorical: (reference) => {
    const keys = [...reference.keys()];
    const share = (counts: Counts) => keys.map((key) => (counts.get(key) ?? 0) / totalOf(counts));
    const before = share(reference);
    return { value: (chunk) => of(...withLeftover(before, share(chunk))) };
  },
});

/** NannyML's univariate drift methods (0.13) by its names for them. */
export const nannymlMethods: Record<string, NannyMethod> = {
  jensen_shannon: shareDistance((p, q) => jensenShannon(p, q, 2)),
  hellinger: shareDistance(hellinger),
  kolmogorov_smirnov: {
    most: 1,
    continuous: (reference) => ({
      value:
        reference.length < manyValues
          ? (chunk) => ksStatistic(reference, chunk)
          : estimatedStatistic(reference, evenEdges(reference[0]!, reference.at(-1)!, manyValues)),
    }),
  },
  wasserstein: {
    most: Infinity,
    continuous: (reference) => ({
      value:
        reference.length < manyValues
          ? (chunk) => wassersteinDistance(reference, chunk)
          : estimatedWasserstein(reference),
    }),
  },
  chi2: {
    most: 1,
    categorical: (reference) => {
      const compare = (chunk: Counts) => chiSquareContingency(...aligned(reference, chunk));
      // With one category in all there is nothing to tell apart.
      return { value: (chunk) => compare(chunk)?.statistic ?? 0, p: (chunk) => compare(chunk)?.p ?? 1 };
    },
  },
  l_infinity: {
    most: Infinity,
    categorical: (reference) => ({
      value: (chunk) => {
        const [before, after] = aligned(reference, chunk);
        return largestDifference(sharesOfCounts(before), sharesOfCounts(after));
      },
    }),
  },
};

/** Rounding alone leaves a share of at most this. */
const nothing = 1e-12;

function withLeftover(reference: number[], current: number[]): [number[], number[]] {
  const leftover = 1 - current.reduce((sum, share) => sum + share, 0);
  return leftover > nothing
    ? [
        [...reference, 0],
        [...current, leftover],
      ]
    : [reference, current];
}

function aligned(reference: Counts, chunk: Counts): [number[], number[]] {
  const keys = [...new Set([...reference.keys(), ...chunk.keys()])];
  return [keys.map((key) => reference.get(key) ?? 0), keys.map((key) => chunk.get(key) ?? 0)];
}

/** The largest distance of the distribution functions at the ends of bins. */
function estimatedStatistic(reference: Float64Array, edges: number[]): (chunk: Float64Array) => number {
  const before = cumulated(edges, reference);
  return (chunk) => {
    const lower = countBelow(chunk, edges[0]!) / chunk.length;
    const after = cumulated(edges, chunk);
    return before.reduce((largest, share, bin) => Math.max(largest, Math.abs(share - lower - after[bin]!)), 0);
  };
}

/**
 * The Wasserstein distance from a histogram, and exactly outside it. As NannyML has it, one value too many counts as
 * lying below the histogram when any does.
 */
function estimatedWasserstein(reference: Float64Array): (chunk: Float64Array) => number {
  const [least, most] = [reference[0]!, reference.at(-1)!];
  const edges = least === most ? evenEdges(least - 0.5, most + 0.5, manyValues) : evenEdges(least, most, manyValues);
  const [low, high, width] = [edges[0]!, edges.at(-1)!, edges[1]! - edges[0]!];
  const before = cumulated(edges, reference);
  return (chunk) => {
    const below = countBelow(chunk, low);
    const above = countUpTo(chunk, high);
    let outside = 0;
    for (const value of chunk.subarray(0, below)) outside += low - value;
    for (const value of chunk.subarray(above)) outside += value - high;
    const shift = below > 0 ? (below + 1) / chunk.length : 0;
    const after = cumulated(edges, chunk);
    const within = before.reduce((sum, share, bin) => sum + Math.abs(share - after[bin]! - shift) * width, 0);
    return within + outside / chunk.length;
  };
}

function cumulated(edges: number[], values: Float64Array): number[] {
  let sum = 0;
  return countsIn(edges, values).map((count) => (sum += count / values.length));
}
