import type { Interval } from '../documents/certainty.js';
import { classFigure } from '../project/rules/class-figure.js';
import { estimateOf } from '../project/rules/estimable.js';
import { knownFigure } from '../project/rules/known-figures.js';
import { holds } from '../project/rules/live-rule.js';
import type { Rule } from '../project/rules/rule.js';
import type { Figure } from './figures.js';
import { thresholdOf, type References, type Threshold } from './threshold.js';

/** The plain answer for one figure, before its gate's level has a say. */
export interface Judged {
  /** `warn`: beyond the limit, but not for certain, where the rule asks for certainty. */
  status: 'pass' | 'warn' | 'fail' | 'inconclusive';
  /** The figure's key in a baseline: `recall`, `recall[model=A]`, `null_pct(age)`. */
  key: string;
  /** Only for column figures. */
  column: string | null;
  figure: Figure | undefined;
  threshold: Threshold;
  /** Why it is inconclusive. */
  reason?: string;
  certainty?: Certainty;
}

/** How sure an answer is, of a gate that asks for certainty. */
export interface Certainty {
  confidence: number;
  /** How many figures share what may be wrong: the columns that were tested, or 1. */
  tests: number;
  /** Where the figure itself may lie, at this confidence; null: nobody knows its noise, and it is taken as exact. */
  interval: Interval | null;
  /** Where the limit may lie, which is a part of another figure; null: it is a number, or taken as exact. */
  limits: Interval | null;
  /** Both together, drawn around the value: what lies beyond the limit or touches it. */
  around: Interval;
  /** What of it was taken as exact, in words. */
  exact: string[];
}

export interface Question {
  rule: Rule;
  minSamples: number | undefined;
  references: References;
}

/** Holds one figure against a rule. Whatever is missing, too few or not a number is inconclusive, never a pass. */
export function judge(question: Question, figure: Figure | undefined, column: string | null): Judged {
  const { rule } = question;
  const key = keyOf(rule, column);
  // An estimate is held against the baseline's figure itself.
  const reference = keyOf({ ...rule, estimated: undefined }, column);
  const threshold = thresholdOf(rule.limit, reference, question.references);
  const judged = { key, column, figure, threshold };
  const doubt = doubtIn(question, figure) ?? threshold.missing;
  if (doubt !== undefined || figure?.value == null || threshold.value === null) {
    return { ...judged, status: 'inconclusive', reason: [doubt, figure?.estimate].filter(Boolean).join('; ') };
  }
  if (!holds(figure.value, rule.operator, threshold.value)) return { ...judged, status: 'fail' };
  const unproven = Number.isFinite(figure.value) ? threshold.unproven : 'the figure is infinite';
  return unproven === undefined
    ? { ...judged, status: 'pass' }
    : { ...judged, status: 'inconclusive', reason: unproven };
}

/** `recall`, `recall{comp1}`, `recall[model=A]`, `null_pct(age)`: the name of a figure in documents and baselines. */
export function keyOf(
  rule: Pick<Rule, 'figure' | 'class' | 'slice'> & { estimated?: true | undefined },
  column: string | null,
): string {
  if (rule.estimated) return estimateOf(keyOf({ ...rule, estimated: undefined }, column));
  const of = column === null ? '' : `(${column})`;
  return `${rule.class === null ? rule.figure : classFigure(rule.figure, rule.class)}${of}${rule.slice === null ? '' : `[${rule.slice}]`}`;
}

/** What a figure's minimum counts, in words. */
function denominatorOf(rule: Rule): string {
  const of = knownFigure(rule.figure)?.denominator ?? 'rows';
  if (rule.class === null) return of;
  return of === 'predicted positives' ? `rows predicted as ${rule.class}` : `rows of class ${rule.class}`;
}

/** Why a figure cannot be judged at all; undefined when it can. */
function doubtIn({ rule, minSamples }: Question, figure: Figure | undefined): string | undefined {
  if (figure === undefined)
    return rule.class === null ? 'it was not computed' : `neither the model nor these rows have a class ${rule.class}`;
  if (figure.value === null || Number.isNaN(figure.value)) return figure.reason ?? 'it is not a number';
  const units = denominatorOf(rule);
  const unit = figure.n === 1 ? units.replace(/(row|positive|negative)s\b/, '$1') : units;
  if (figure.n !== null && !(figure.n > 0)) return `there are no ${units}`;
  if (minSamples === undefined) return undefined;
  if (figure.n === null) return `nobody counted its ${units}, at least ${minSamples} are needed`;
  return figure.n < minSamples ? `only ${figure.n} ${unit}, at least ${minSamples} are needed` : undefined;
}
