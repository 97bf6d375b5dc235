import { upperGamma } from './incomplete-gamma.js';

/** P(X > x) of a chi-square distribution; small tails keep their digits. */
export function chiSquareTail(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2);
}

/** P(Z > z) of the standard normal distribution; small tails keep their digits. */
export function normalTail(z: number): number {
  const half = upperGamma(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}
