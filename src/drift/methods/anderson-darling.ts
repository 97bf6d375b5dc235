import { walkBoth } from './samples.js';

/** Critical values of the normed statistic for two samples at 25, 10, 5, 2.5, 1, 0.5 and 0.1 %: the outer two bound p. */
const [lowest, highest] = [0.32500000000000007, 6.546];
/** ln p as a parabola of the statistic, least squares through those seven. */
const parabola = [-1.077770279820484, -1.0082265644652515, 0.01819809457411147] as const;

/**
 * The Anderson-Darling test of two samples with ties at mid-ranks, as `scipy.stats.anderson_ksamp`; p is bounded to
 * 0.001–0.25. Samples sorted, not empty. Null where all values are equal or too few.
 */
export function andersonDarling(
  reference: Float64Array,
  current: Float64Array,
): { statistic: number; p: number } | null {
  const [n, m] = [reference.length, current.length];
  const all = n + m;
  if (all < 4) return null;
  let [mine, theirs] = [0, 0];
  let distinct = 0;
  let [before, beforeToo] = [0, 0];
  walkBoth(reference, current, (_, below, belowToo) => {
    const size = below + belowToo - before - beforeToo;
    const middle = before + beforeToo + size / 2;
    const divisor = middle * (all - middle) - (all * size) / 4;
    const part = (from: number, to: number, rows: number) =>
      ((size / all) * (all * ((from + to) / 2) - middle * rows) ** 2) / divisor;
    mine += part(before, below, n);
    theirs += part(beforeToo, belowToo, m);
    distinct += 1;
    [before, beforeToo] = [below, belowToo];
  });
  if (distinct < 2) return null;
  const distance = ((mine / n + theirs / m) * (all - 1)) / all;
  const statistic = (distance - 1) / Math.sqrt(varianceOf(n, m));
  return { statistic, p: probability(statistic) };
}

function probability(statistic: number): number {
  if (statistic < lowest) return 0.25;
  if (statistic > highest) return 0.001;
  const [constant, slope, square] = parabola;
  return Math.exp(constant + slope * statistic + square * statistic ** 2);
}

/** Source: F. W. Scholz and M. A. Stephens (1987), for two samples. */
function varianceOf(n: number, m: number): number {
  const all = n + m;
  const inverse = 1 / n + 1 / m;
  let [harmonic, g] = [0, 0];
  for (let i = 1; i < all - 1; i += 1) {
    harmonic += 1 / (all - i);
    g += harmonic / (i + 1);
  }
  const h = harmonic + 1;
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}
