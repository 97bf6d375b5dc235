import { countsIn, countsOf, doaneEdges } from '../methods/binning.js';
import { populationStd } from '../methods/wasserstein.js';

/**
 * Shares of two sorted samples in the reference's own bins (Doane's rule), and what lies outside them as one more bin if
 * there is any: what NannyML's Jensen-Shannon (base 2) and Hellinger distances of continuous columns are computed from.
 */
export function continuousShares(reference: Float64Array, current: Float64Array): [number[], number[]] {
  const edges = doaneEdges(reference);
  const share = (values: Float64Array) => countsIn(edges, values).map((count) => count / values.length);
  return withLeftover(share(reference), share(current));
}

/** Shares of two samples over the reference's categories, and all others together as one more if there are any. */
export function categoryShares(reference: readonly string[], current: readonly string[]): [number[], number[]] {
  const categories = [...new Set(reference)];
  const share = (values: readonly string[]) => countsOf(categories, values).map((count) => count / values.length);
  return withLeftover(share(reference), share(current));
}

/** A metric's alert limits from its values over chunks of the reference: mean ± 3 standard deviations (over n). */
export function chunkLimits(values: readonly number[]): { lower: number; upper: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = 3 * populationStd(Float64Array.from(values));
  return { lower: mean - spread, upper: mean + spread };
}

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
