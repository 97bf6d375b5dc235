import { besideLimit, type Interval } from '../../documents/certainty.js';
import type { ColumnDrift } from '../../documents/monitoring.js';
import { psiOfShares } from '../../drift/category-baseline.js';
import { poisson } from '../../models/metrics/poisson.js';
import { wilsonInterval } from '../../models/metrics/wilson.js';
import { randomSource } from '../../models/random-source.js';

const seed = 42;
const draws = 200;

/** Where a figure of a column may lie, at a width of so many standard deviations; undefined: not enough is recorded. */
export type Noise = ((width: number) => Interval) | undefined;

/**
 * Of a distance of means d = |m − b| / s in standard deviations of the baseline: its variance is the batch's own
 * (s' / s)² / n', the baseline's 1 / n, and d² / 2n of its standard deviation (the delta method, for a normal column).
 */
export function noiseOfMean({ z, baseline, current }: ColumnDrift): Noise {
  if (z === null || !baseline.std || current.std === null || !(baseline.count > 1) || !(current.count > 1))
    return undefined;
  const own = (current.std / baseline.std) ** 2 / current.count;
  const spread = Math.sqrt(own + 1 / baseline.count + z ** 2 / (2 * baseline.count));
  return (width) => [Math.max(0, z - width * spread), z + width * spread];
}

/** Of a share of nulls in percent: Wilson's. */
export function noiseOfNulls({ nullPct, rows, count }: ColumnDrift['current']): Noise {
  const of = rows ?? count;
  if (nullPct === null || !(of > 0)) return undefined;
  return (width) => {
    const { low, high } = wilsonInterval((nullPct / 100) * of, of, width)!;
    return [100 * low, 100 * high];
  };
}

/** Of a rise of the share of nulls: Wilson's intervals of both, put together as Newcombe (1998) does. */
export function noiseOfRise({ baseline, current }: ColumnDrift): Noise {
  const [before, now] = [noiseOfNulls(baseline), noiseOfNulls(current)];
  if (before === undefined || now === undefined) return undefined;
  const from = baseline.nullPct!;
  return (width) => {
    const around = besideLimit(current.nullPct!, now(width), from, before(width));
    return [around[0] - from, around[1] - from];
  };
}

/**
 * Of an index of stability, which chance alone makes larger than 0: both samples are drawn 200 times from their shares put
 * together. What that comes to on average is taken off, and its variance added to that of a true shift ψ, 4ψ / N with
 * 1 / N = 1 / n + 1 / n' (a noncentral chi-square's).
 */
export function noiseOfPsi({ psi, histogram, baseline, current }: ColumnDrift): Noise {
  const [n, m] = [baseline.count, current.count];
  if (psi == null || histogram === null || !(n > 0) || !(m > 0)) return undefined;
  return (width) => {
    const { mean, variance } = chance(histogram.baseline, histogram.current, n, m);
    const shift = Math.max(0, psi - mean);
    const spread = Math.sqrt(variance + (4 * shift * (n + m)) / (n * m));
    return [Math.max(0, shift - width * spread), shift + width * spread];
  };
}

/** Mean and variance of the index of two samples of n and m rows from the same shares. */
function chance(before: readonly number[], after: readonly number[], n: number, m: number) {
  const shares = before.map((share, bin) => (share * n + after[bin]! * m) / (n + m));
  const random = randomSource(seed);
  const drawn = (rows: number) => {
    const counts = shares.map((share) => poisson(share * rows, random));
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => count / (total || 1));
  };
  const found = Array.from({ length: draws }, () => psiOfShares(drawn(n), drawn(m)));
  const mean = found.reduce((sum, one) => sum + one, 0) / draws;
  return { mean, variance: found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (draws - 1) };
}
