import { matrixProduct } from './kolmogorov-exact.js';
import { logGamma } from './log-gamma.js';

/**
 * P(D > d) of the two-sided Kolmogorov-Smirnov statistic of n values, d in 0–1.
 * Source: R. Simard and P. L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution" (2011), with the choice of
 * method by region that SciPy makes: twice the one-sided tail where the probability is small, the exact matrix product
 * for few values or a small d, Pelz and Good's expansion elsewhere.
 */
export function kolmogorovTail(d: number, n: number): number {
  if (n * d <= 0.5) return 1;
  if (d >= 1) return 0;
  const square = n * d * d;
  if (square >= 370) return 0;
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) return clip(2 * smirnovTail(d, n));
  const exact = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4);
  return clip(1 - (exact ? matrixProduct(d, n) : pelzGood(Math.sqrt(square), n)));
}

/** P(D+ >= d), one-sided: d Σ C(n,j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j) for j up to n (1 − d). */
export function smirnovTail(d: number, n: number): number {
  let sum = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j += 1) {
    const rest = 1 - d - j / n;
    if (rest <= 0) continue;
    const choose = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(choose + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
  }
  return d * sum;
}

/** P(√n D <= z) as a series in 1/√n. Source: W. Pelz and I. J. Good (1976), as given by Simard and L'Ecuyer. */
function pelzGood(z: number, n: number): number {
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  const p2 = Math.PI ** 2;
  const sums = [0, 0, 0, 0];
  for (let k = 0; k < 40; k += 1) {
    const h = p2 * (k + 0.5) ** 2;
    const weight = Math.exp(-h / (2 * z2));
    sums[0]! += weight;
    sums[1]! += (h - z2) * weight;
    sums[2]! += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * h + (1 - 2 * z2) * h ** 2) * weight;
    const third = -30 * z6 - 90 * z ** 8 + (135 * z4 - 96 * z6) * h + (212 * z4 - 60 * z2) * h ** 2;
    sums[3]! += (third + (5 - 30 * z2) * h ** 3) * weight;
    const g = p2 * k ** 2;
    const whole = Math.exp(-g / (2 * z2));
    sums[2]! -= 2 * z4 * g * whole;
    sums[3]! += 30 * z4 * (3 * z2 * g - g ** 2) * whole;
  }
  const root = Math.sqrt(Math.PI / 2);
  // Every sum runs over k and −k alike: the half-integers twice, and the whole numbers twice but for 0, which adds nothing.
  const factors = [2 / z, 2 / (6 * z4), 2 / (72 * z ** 7), 2 / (6480 * z ** 10)];
  return sums.reduce((total, sum, order) => total + (root * factors[order]! * sum) / n ** (order / 2), 0);
}

function clip(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
