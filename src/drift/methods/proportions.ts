import { normalTail } from '../special/tails.js';

/**
 * Two shares compared by the pooled z test, two-sided: `hits` of `n` against `otherHits` of `m`.
 * p is 1 when neither varies (all or none in both).
 */
export function proportionsTest(
  hits: number,
  n: number,
  otherHits: number,
  m: number,
): { statistic: number; p: number } {
  const pooled = (hits + otherHits) / (n + m);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  if (error === 0) return { statistic: 0, p: 1 };
  const statistic = (hits / n - otherHits / m) / error;
  return { statistic, p: 2 * normalTail(Math.abs(statistic)) };
}
