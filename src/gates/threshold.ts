import type { Interval } from '../documents/certainty.js';
import type { Limit } from '../project/rules/rule.js';
import { limitInWords } from '../project/rules/rule-words.js';
import { figureText } from './figure-text.js';

/** Figures that a relative limit can refer to, by key (`recall`, `null_pct(age)`). */
export type References = Partial<Record<'baseline' | 'current', Record<string, number | null> | null>> & {
  /** 95 % intervals of the baseline's figures, as far as it has them. */
  baselineIntervals?: Record<string, Interval> | undefined;
};

/** A limit as a number; or why there is none. */
export interface Threshold {
  value: number | null;
  /** What the number was taken from, when it was taken from anything. */
  reference: number | null;
  /** Where it comes from: `rule`, or `0.95 * baseline`. */
  source: string;
  /** Where the limit itself may lie, with 95 % confidence: a part of what is known of the reference. */
  interval?: Interval;
  /** Set when the limit is unknown. */
  missing?: string;
  /** Set when being within the limit proves nothing, although being beyond it proves a failure. */
  unproven?: string;
}

/**
 * Turns a limit into a number.
 *
 * `f * b` is read as "a part (f − 1) of the baseline's size may be lost or must be gained":
 *     limit = b + (f − 1) · |b|
 * which is f · b for a positive b, and stays a tolerance on the same side for a negative one, where f · b would change sides.
 * - A multiple of 0 says nothing about size: no limit, unless f is 1 ("not worse than").
 * - A baseline below 0 belongs to a model that is worse than guessing. Beyond the limit is a failure still, but within it
 *   is not proof of health (again unless f is 1).
 * - A baseline that is absent, NaN or infinite gives no limit.
 */
export function thresholdOf(limit: Limit, key: string, references: References): Threshold {
  const known = (to: 'baseline' | 'current') => references[to]?.[key] ?? null;
  if (limit.kind === 'absolute') return { value: limit.value, reference: known('baseline'), source: 'rule' };
  const source = `${limit.text} * ${limit.to}`;
  const reference = known(limit.to);
  const none = (missing: string) => ({ value: null, reference: null, source, missing });
  const name = limit.to === 'baseline' ? 'baseline' : "current model's figure";
  if (reference === null) return none(`there is no ${name} to hold it against`);
  if (!Number.isFinite(reference)) return none(`the ${name} is ${figureText(reference)}`);
  const interval =
    limit.to === 'baseline' ? intervalOf(limit.factor, reference, references.baselineIntervals?.[key]) : {};
  if (limit.factor === 1 || reference > 0) return { value: limit.factor * reference, reference, source, ...interval };
  if (reference === 0) return { ...none(`the ${name} is 0, and a multiple of 0 is no limit`), reference };
  const value = reference + (limit.factor - 1) * Math.abs(reference);
  const unproven = `the ${name} is ${figureText(reference)}, and "${limitInWords(limit)}" of less than nothing proves nothing`;
  return { value, reference, source, unproven, ...interval };
}

/** The limit moves with its reference, by the factor of the formula above. */
function intervalOf(factor: number, reference: number, of: Interval | undefined): Pick<Threshold, 'interval'> {
  if (of === undefined) return {};
  const slope = reference < 0 && factor !== 1 ? 2 - factor : factor;
  const limit = slope * reference;
  const ends = of.map((end) => limit + slope * (end - reference));
  return { interval: [Math.min(...ends), Math.max(...ends)] };
}
