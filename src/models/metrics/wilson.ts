import { confusionFigures } from './binary-figures.js';
import type { Confusion } from './confusion.js';

const Z_95 = 1.959963984540054;

/**
 * Wilson score interval of a rate (Wilson 1927): the range in which the true rate lies with 95 % confidence.
 * Null when nothing was counted.
 */
export function wilsonInterval(successes: number, n: number, z = Z_95): { low: number; high: number } | null {
  if (!(n > 0)) return null;
  const rate = successes / n;
  const square = z * z;
  const centre = (rate + square / (2 * n)) / (1 + square / n);
  const half = (z / (1 + square / n)) * Math.sqrt((rate * (1 - rate)) / n + square / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Wilson's intervals of the rates among the figures; one over nothing has none. */
export function rateIntervals(confusion: Confusion): Record<string, [low: number, high: number]> {
  const intervals = Object.entries(confusionFigures).flatMap(([name, { parts }]) => {
    const interval = parts && wilsonInterval(...parts(confusion));
    return interval ? [[name, [interval.low, interval.high]] as const] : [];
  });
  return Object.fromEntries(intervals) as Record<string, [number, number]>;
}
