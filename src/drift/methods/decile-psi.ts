import { quantile } from '../statistics.js';
import { countBelow } from './binning.js';
import { populationStabilityIndex } from './divergences.js';

/**
 * Shares of two sorted samples between the reference's deciles (linear interpolation), the outer bins open. Deciles that
 * coincide make one bin.
 */
export function decileShares(reference: Float64Array, current: Float64Array): [number[], number[]] {
  const inner = Array.from({ length: 9 }, (_, at) => quantile(reference, (at + 1) / 10));
  const edges = inner.filter((edge, at) => at === 0 || edge > inner[at - 1]!);
  const share = (values: Float64Array) => {
    const starts = [0, ...edges.map((edge) => countBelow(values, edge)), values.length];
    return starts.slice(1).map((start, bin) => (start - starts[bin]!) / values.length);
  };
  return [share(reference), share(current)];
}

/**
 * The population stability index of shares in the same bins, none of which counts as less than `floor` (0.0001 in credit
 * scoring, over deciles of the reference): below 0.1 nothing has shifted, up to 0.25 something, above it much.
 */
export function flooredPsi(reference: readonly number[], current: readonly number[], floor: number): number {
  const floored = (shares: readonly number[]) => shares.map((share) => Math.max(floor, share));
  return populationStabilityIndex(floored(reference), floored(current));
}
