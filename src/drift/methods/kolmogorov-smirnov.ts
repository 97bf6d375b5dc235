import { kolmogorovTail } from '../special/kolmogorov.js';
import { walkBoth } from './samples.js';

/** Up to this size of the larger sample the probability is exact, as SciPy's `method="auto"` has it. */
const exactUpTo = 10_000;

/** The two-sample statistic: the largest distance of the two distribution functions. Both samples sorted, not empty. */
export function ksStatistic(reference: Float64Array, current: Float64Array): number {
  let largest = 0;
  walkBoth(reference, current, (_, below, belowToo) => {
    largest = Math.max(largest, Math.abs(below / reference.length - belowToo / current.length));
  });
  return largest;
}

/** The two-sided two-sample test, as `scipy.stats.ks_2samp`. Both samples sorted, not empty. */
export function ksTest(reference: Float64Array, current: Float64Array): { statistic: number; p: number } {
  const statistic = ksStatistic(reference, current);
  const [n, m] = [reference.length, current.length];
  const p = Math.max(n, m) <= exactUpTo ? ksExactP(statistic, n, m) : ksAsymptoticP(statistic, n, m);
  return { statistic, p };
}

/** From the finite-N distribution at N = nm / (n + m), rounded half to even. */
export function ksAsymptoticP(statistic: number, n: number, m: number): number {
  return kolmogorovTail(statistic, roundHalfEven((n * m) / (n + m)));
}

/**
 * Exactly, by counting lattice paths that leave the band |i·m/g − j·n/g| < h, with h = D · lcm(n, m) rounded and g = gcd(n, m).
 * The share outside is carried, never one minus the share inside, so that small probabilities keep their digits.
 */
export function ksExactP(statistic: number, n: number, m: number): number {
  const [small, large] = n < m ? [n, m] : [m, n];
  const g = gcd(small, large);
  const [stepSmall, stepLarge] = [large / g, small / g];
  const h = Math.round(statistic * (large / g) * small);
  if (h === 0) return 1;
  const outside = new Float64Array(small + 1);
  for (let j = 0; j <= large; j += 1) {
    for (let i = 0; i <= small; i += 1) {
      if (Math.abs(i * stepSmall - j * stepLarge) >= h) outside[i] = 1;
      else if (i + j > 0) {
        const left = i > 0 ? outside[i - 1]! : 0;
        outside[i] = (left * i + outside[i]! * j) / (i + j);
      }
    }
  }
  return Math.min(1, outside[small]!);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
