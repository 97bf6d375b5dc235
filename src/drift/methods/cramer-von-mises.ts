import { scaledBesselK } from '../special/bessel.js';
import { walkBoth } from './samples.js';

/** Up to this size of the larger sample the probability is exact. */
const exactUpTo = 20;

/**
 * The two-sample Cramér-von Mises test, as `scipy.stats.cramervonmises_2samp`: exact up to 20 values, else the limiting
 * distribution. Samples sorted, of at least two values each; null for less.
 */
export function cramerVonMises(
  reference: Float64Array,
  current: Float64Array,
): { statistic: number; p: number } | null {
  const [n, m] = [reference.length, current.length];
  if (n < 2 || m < 2) return null;
  const u = rankDistance(reference, current);
  const [product, all] = [n * m, n + m];
  const statistic = u / (product * all) - (4 * product - 1) / (6 * all);
  if (Math.max(n, m) <= exactUpTo) return { statistic, p: exactP(u, n, m) };
  const expected = (1 + 1 / all) / 6;
  const variance =
    ((all + 1) * (4 * product * all - 3 * (n ** 2 + m ** 2) - 2 * product)) / (45 * all ** 2 * 4 * product);
  const normed = 1 / 6 + (statistic - expected) / Math.sqrt(45 * variance);
  return { statistic, p: normed < 0.003 ? 1 : Math.max(0, 1 - limitingShare(normed)) };
}

/** n Σ (rank − place)² over the reference, and the same of the current sample; ranks are in both together. */
function rankDistance(reference: Float64Array, current: Float64Array): number {
  let [mine, theirs] = [0, 0];
  let [before, beforeToo] = [0, 0];
  walkBoth(reference, current, (_, below, belowToo) => {
    const rank = before + beforeToo + (below - before + belowToo - beforeToo + 1) / 2;
    for (let place = before + 1; place <= below; place += 1) mine += (rank - place) ** 2;
    for (let place = beforeToo + 1; place <= belowToo; place += 1) theirs += (rank - place) ** 2;
    [before, beforeToo] = [below, belowToo];
  });
  return reference.length * mine + current.length * theirs;
}

/** Source: S. Csörgő and J. Faraway (1996), equation 1.3; terms are added until one is below 1e-7, as SciPy does. */
function limitingShare(x: number): number {
  let sum = 0;
  // Γ(k + 1/2) / k!, from one k to the next.
  let ratio = Math.sqrt(Math.PI);
  for (let k = 0; ; k += 1) {
    const y = 4 * k + 1;
    const q = y ** 2 / (16 * x);
    const term = (ratio / (Math.PI ** 1.5 * Math.sqrt(x))) * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselK(0.25, q);
    sum += term;
    if (term < 1e-7) return sum;
    ratio *= (k + 0.5) / (k + 1);
  }
}

/** Source: Y. Xiao, A. Gordon and A. Yakovlev (2006): how many lattice paths lie at least so far from the diagonal. */
function exactP(u: number, n: number, m: number): number {
  const divisor = gcd(n, m);
  const multiple = (n * m) / divisor;
  const [right, up] = [multiple / n, multiple / m];
  const product = n * m;
  const least = Math.floor((multiple ** 2 * (n + m) * (6 * u - product * (4 * product - 1))) / (6 * product ** 2));
  let columns: Map<number, number>[] = Array.from({ length: n + 1 }, (_, i) => new Map(i === 0 ? [[0, 1]] : []));
  for (let j = 0; j <= m; j += 1) {
    let carried = new Map<number, number>();
    columns = columns.map((column, i) => {
      const next = new Map<number, number>();
      const distance = (right * i - up * j) ** 2;
      for (const paths of [carried, column])
        for (const [value, count] of paths) next.set(value + distance, (next.get(value + distance) ?? 0) + count);
      carried = next;
      return next;
    });
  }
  let [far, all] = [0, 0];
  for (const [value, count] of columns[n]!) {
    all += count;
    if (value >= least) far += count;
  }
  return far / all;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
