import type { Watched } from '../documents/releases/release.js';
import type { Operator } from '../documents/gates/verdict.js';
import { holds, type LiveRule } from '../project/rules/live-rule.js';

/** What one variant of an endpoint did in a span of time. */
export interface VariantSeen {
  requests: number;
  /** Answered with 4xx, and with 5xx. */
  refused: number;
  failed: number;
  /** Milliseconds of its model by percentile: `latency_p95`. */
  latency: Readonly<Record<string, number | undefined>>;
  /** Of the newest answers that were captured. */
  scores: readonly number[];
}

/** Below this difference two times are the same: machines are not more even than that. */
const sameMs = 10;
/** So many requests show a failing version: nobody waits for more. So many scores show how scores lie. */
const most = { errors: 20, scores: 100 };

/**
 * What a rule says of a candidate beside the version before. A figure that cannot be computed, or that fewer than `least`
 * requests speak for, is `unknown`, with the reason: it neither takes a version back nor lets it go on.
 */
export function watchRule(
  rule: LiveRule,
  { candidate, baseline }: { candidate: VariantSeen; baseline: VariantSeen },
  least: number,
): Watched {
  const { text, operator, limit } = rule;
  const value = figureOf(rule, candidate, least, baseline);
  const blank = { rule: text, operator, value: null, limit: null, baseline: null };
  if (typeof value === 'string') return { ...blank, answer: 'unknown', why: value };
  if (limit.kind === 'absolute') return said(rule, value, limit.value, null);
  const before = figureOf(rule, baseline, least);
  if (typeof before === 'string')
    return { ...blank, value, answer: 'unknown', why: `the version before has nothing to compare with: ${before}` };
  const judged = said(rule, value, limit.factor * before, before);
  const same = rule.figure.startsWith('latency') && Math.abs(value - before) < sameMs;
  return same ? { ...judged, answer: 'good' } : judged;
}

function said({ text, operator }: LiveRule, value: number, limit: number, baseline: number | null): Watched {
  const beside = baseline === null ? '' : `, the version before ${number(baseline)}`;
  const why = `${number(value)}${beside}; it is taken back at ${signs[operator]} ${number(limit)}`;
  return { rule: text, operator, value, limit, baseline, answer: holds(value, operator, limit) ? 'bad' : 'good', why };
}

const signs: Record<Operator, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '==': '=', '!=': '≠' };
const number = (value: number): string => String(Number(value.toPrecision(3)));

/** The figure, or in words why there is none. `beside` is the other version, where this one is the candidate. */
function figureOf({ figure }: LiveRule, of: VariantSeen, least: number, beside?: VariantSeen): number | string {
  const needed = figure === 'error_rate' ? Math.min(least, most.errors) : least;
  if (of.requests < needed) return `${of.requests} requests, at least ${needed} are needed`;
  if (figure === 'error_rate') return errorRate(of, beside);
  if (figure !== 'score_ks') return of.latency[figure] ?? 'no time of its model is known';
  const other = beside?.scores ?? [];
  const fewest = Math.min(of.scores.length, other.length);
  const wanted = Math.min(least, most.scores);
  if (fewest < wanted) return `${fewest} scores to compare, at least ${wanted} of each version are needed`;
  return ksDistance(of.scores, other);
}

/** What a caller got wrong both versions refuse alike: only what the candidate refuses beyond that is its own failure. */
function errorRate({ requests, refused, failed }: VariantSeen, beside: VariantSeen | undefined): number {
  if (beside === undefined || beside.requests === 0) return failed / requests;
  const own = Math.max(0, refused / requests - beside.refused / beside.requests);
  return Math.min(1, failed / requests + own);
}

/** The two-sample Kolmogorov-Smirnov distance: the largest difference of both empirical distribution functions. */
export function ksDistance(left: readonly number[], right: readonly number[]): number {
  const a = Float64Array.from(left).sort();
  const b = Float64Array.from(right).sort();
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
