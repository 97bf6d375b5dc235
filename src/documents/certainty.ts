import type { Operator } from './gates/verdict.js';

export type Interval = [low: number, high: number];

/** Figures come with 95 % intervals; another confidence stretches them as a normal curve would. */
const kept = 0.95;

/** Operators whose limit has two sides: only of these can an interval lie beyond it. */
export const boundingOperators: readonly Operator[] = ['>=', '<=', '>', '<'];

/**
 * How far, in standard deviations, the ends of a two-sided interval of this confidence lie from the middle of a normal
 * curve, where `tests` figures share what may be wrong (Bonferroni): the quantile of 1 − (1 − confidence) / 2 tests.
 */
export function widthOf(confidence: number, tests = 1): number {
  return normalQuantile(1 - (1 - confidence) / (2 * Math.max(1, tests)));
}

/** A 95 % interval at another width, each side on its own. */
export function atWidth(value: number, [low, high]: Interval, width: number): Interval {
  const stretch = width / widthOf(kept);
  return [value - (value - low) * stretch, value + (high - value) * stretch];
}

/**
 * Where a value may lie beside a limit that is not known exactly either, drawn around the value: the distances of both
 * intervals' ends, squared and added (the method of variance estimates recovery, Zou and Donner 2008), which keeps the
 * lopsidedness of Wilson's and of a bootstrap's intervals. A limit without an interval is exact.
 */
export function besideLimit(value: number, interval: Interval, limit: number, limits: Interval | null): Interval {
  const [low, high] = interval;
  const [least, most] = limits ?? [limit, limit];
  // An interval that leaves out its own value is one of a figure that chance alone makes large: it is moved, not stretched.
  const middle = Math.min(Math.max(value, low), high);
  return [middle - Math.hypot(middle - low, most - limit), middle + Math.hypot(high - middle, limit - least)];
}

/**
 * The answer of a rule that asks for certainty: `fail` where the whole interval lies beyond the limit, `pass` where all of
 * it lies within, and where it touches the limit `warn` for a value beyond it and `pass` for one within.
 */
export function certainAnswer(
  operator: Operator,
  value: number,
  [low, high]: Interval,
  limit: number,
): 'pass' | 'warn' | 'fail' {
  const [worst, best] = operator.startsWith('>') ? [low, high] : [-high, -low];
  const [at, floor] = operator.startsWith('>') ? [value, limit] : [-value, -limit];
  const strict = operator === '>' || operator === '<';
  const holds = (one: number) => (strict ? one > floor : one >= floor);
  if (!holds(best)) return 'fail';
  return holds(worst) || holds(at) ? 'pass' : 'warn';
}

/** Quantile of the standard normal distribution (Wichura 1988, algorithm AS 241's PPND7: seven digits). */
function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const over = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179; // prettier-ignore
    const under = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1; // prettier-ignore
    return (q * over) / under;
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const near = r <= 5;
  const x = near ? r - 1.6 : r - 5;
  const over = near
    ? ((0.17023821103 * x + 1.3067284816) * x + 2.75681539) * x + 1.4234372777
    : ((0.017337203997 * x + 0.42868294337) * x + 3.081226386) * x + 6.657905115;
  const under = near ? (0.12021132975 * x + 0.7370016425) * x + 1 : (0.012258202635 * x + 0.24197894225) * x + 1;
  return (Math.sign(q) * over) / under;
}
