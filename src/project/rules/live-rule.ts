import { readRule, type Limit, type RuleProblem } from './rule.js';
import type { Operator } from '../../documents/gates/verdict.js';

/** What is known of a version while it answers, without a label. */
export const liveFigures = {
  error_rate: 'share of requests that it failed',
  latency_p50: 'median time of its model, ms',
  latency_p90: 'time of its model that one request in ten exceeds, ms',
  latency_p95: 'time of its model that one request in twenty exceeds, ms',
  latency_p99: 'time of its model that one request in a hundred exceeds, ms',
  score_ks: 'distance of its scores from those of the version before (Kolmogorov-Smirnov, 0 to 1)',
} as const;
export type LiveFigure = keyof typeof liveFigures;

/** A rule on a live figure: while it holds, the version is taken back. */
export interface LiveRule {
  text: string;
  figure: LiveFigure;
  operator: Operator;
  limit: Limit;
}

/** What takes a version back where the project says nothing. */
export const usualRules = ['error_rate > 0.01', 'latency_p95 > 5 * baseline', 'score_ks > 0.3'] as const;

/** Whether a word of `rollbackOn` is a rule; any other is the name of an alarm. */
export const looksLikeRule = (text: string): boolean => /[<>=]/.test(text);

/** A rule such as `error_rate > 0.01`, `latency_p95 > 5 * baseline`; or what is wrong with it. */
export function readLiveRule(text: string): { rule: LiveRule } | { problem: RuleProblem } {
  const read = readRule(text);
  if ('problem' in read) return read;
  const { figure, operator, limit, columns, slice, estimated } = read.rule;
  const expected = `one of ${Object.keys(liveFigures).join(', ')}`;
  if (
    !Object.hasOwn(liveFigures, figure) ||
    columns !== null ||
    slice !== null ||
    estimated ||
    read.rule.class !== null
  )
    return { problem: { at: 0, found: `"${figure}"`, expected } };
  if (limit.kind === 'relative' && limit.to === 'current')
    return { problem: { at: text.indexOf('current'), found: '"current"', expected: '"baseline"' } };
  return { rule: { text, figure: figure as LiveFigure, operator, limit } };
}

/** The limit of a metric's check, `">= 0.70"`; or what is wrong with it, its place counted in that text. */
export function readBareRule(text: string): { operator: Operator; value: number } | { problem: RuleProblem } {
  const before = 'it ';
  const read = readRule(before + text);
  if ('problem' in read) return { problem: { ...read.problem, at: Math.max(0, read.problem.at - before.length) } };
  const { operator, limit } = read.rule;
  if (limit.kind === 'absolute') return { operator, value: limit.value };
  return { problem: { at: text.indexOf('*'), found: `"* ${limit.to}"`, expected: 'a number alone' } };
}

const holdsBy: Record<Operator, (value: number, limit: number) => boolean> = {
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
  '<=': (value, limit) => value <= limit,
  '<': (value, limit) => value < limit,
  '==': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

export const holds = (value: number, operator: Operator, limit: number): boolean => holdsBy[operator](value, limit);
