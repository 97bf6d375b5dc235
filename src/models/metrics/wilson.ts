import type { Confusion } from './evaluation.js';

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

/** The rates that follow from counts of the four outcomes, each as a part and what it is a part of. */
export function rateParts({ tp, fp, fn, tn }: Confusion): Record<string, { part: number; whole: number }> {
  return {
    recall: { part: tp, whole: tp + fn },
    precision: { part: tp, whole: tp + fp },
    fpr: { part: fp, whole: fp + tn },
    fnr: { part: fn, whole: tp + fn },
    specificity: { part: tn, whole: fp + tn },
    accuracy: { part: tp + tn, whole: tp + fp + fn + tn },
  };
}

/** Wilson's intervals of these rates; one over nothing has none. */
export function rateIntervals(confusion: Confusion): Record<string, [low: number, high: number]> {
  const intervals: Record<string, [number, number]> = {};
  for (const [name, { part, whole }] of Object.entries(rateParts(confusion))) {
    const interval = wilsonInterval(part, whole);
    if (interval !== null) intervals[name] = [interval.low, interval.high];
  }
  return intervals;
}
