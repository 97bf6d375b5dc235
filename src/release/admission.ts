import { waiverOf } from '../gates/waivers.js';
import type { Waiver } from '../documents/ledger.js';
import type { AdmissionCheckResult } from '../documents/releases/admission.js';
import { durationWords, secondsOf } from '../project/duration.js';
import type { AdmissionCheck, FigureCheck, MetricCheck } from '../project/parts/release-schema.js';
import { holds, readBareRule } from '../project/rules/live-rule.js';
import { parseRule } from '../project/rules/rule.js';

export interface Point {
  at: string;
  value: number;
}
/** A figure of the newest verdict in the window, with the rows it is of; or why there is none. */
export type FigureSeen = { value: number | null; n: number; at: string } | { missing: string };

const taken: Record<MetricCheck['take'], (values: readonly number[]) => number> = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

export const statisticOf = ({ statistic, take }: MetricCheck): string =>
  statistic ?? (take === 'sum' ? 'Sum' : 'Average');

/** A metric over its window against its rule. No point at all fails, unless the check says that none is fine. */
export function judgeMetric(check: MetricCheck, points: readonly Point[], now: Date): AdmissionCheckResult {
  const rule = readBareRule(check.rule);
  if ('problem' in rule) throw new TypeError(`rule "${check.rule}" was not checked when the project was read`);
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  const value = values.length === 0 ? null : taken[check.take](values);
  const looksAt = `${check.metric} ${statisticOf(check)}, ${check.take} of ${durationWords(secondsOf(check.period))}`;
  const { operator, value: limit } = rule;
  const result = { id: check.id, looksAt, value, operator, limit, n: values.length, window: windowOf(check, now) };
  if (value === null && check.none === 'pass')
    return { ...result, status: 'pass', why: 'no point, which is fine here' };
  if (value === null)
    return { ...result, status: 'fail', why: `no point in ${windowWords(check)}: nothing shows that it holds` };
  return { ...result, ...answer(value, operator, limit) };
}

/** A figure of the newest verdict on the version against its rule. */
export function judgeFigure(check: FigureCheck, seen: FigureSeen, now: Date): AdmissionCheckResult {
  const { figure, operator, limit } = parseRule(check.rule);
  const bound = limit.kind === 'absolute' ? limit.value : NaN;
  const result = {
    id: check.id,
    looksAt: `${figure} of the newest verdict`,
    operator,
    limit: bound,
    window: windowOf(check, now),
  };
  if ('missing' in seen) return { ...result, value: null, n: 0, status: 'fail', why: seen.missing };
  const { value, n } = seen;
  if (value === null) return { ...result, value, n, status: 'fail', why: `the verdict of ${seen.at} has no ${figure}` };
  return { ...result, value, n, ...answer(value, operator, bound) };
}

/** A failure that somebody answers for until a date no longer stands in the way; only where the project allows that. */
export function withWaiver(
  result: AdmissionCheckResult,
  check: AdmissionCheck,
  waivers: readonly Waiver[],
  now: Date,
): AdmissionCheckResult {
  const waiver = check.waivable && result.status === 'fail' ? waiverOf(check.id, waivers, now) : undefined;
  if (waiver === undefined) return result;
  const { owner, reason, until } = waiver;
  return {
    ...result,
    status: 'waived',
    waiver: { owner, reason, until },
    why: `${result.why}; waived by ${owner} until ${until}: ${reason}`,
  };
}

function answer(value: number, operator: AdmissionCheckResult['operator'], limit: number) {
  const passes = holds(value, operator, limit);
  const shown = Number(value.toPrecision(4));
  return {
    status: passes ? ('pass' as const) : ('fail' as const),
    why: passes ? `${shown}` : `${shown}, must be ${operator} ${limit}`,
  };
}

export function windowOf({ window }: AdmissionCheck, now: Date): { from: string; to: string } {
  return { from: new Date(now.getTime() - secondsOf(window) * 1000).toISOString(), to: now.toISOString() };
}

const windowWords = ({ window }: AdmissionCheck): string => durationWords(secondsOf(window));
