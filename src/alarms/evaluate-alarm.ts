import type { JudgedAlarm } from '../project/alarms/alarm-schema.js';
import { judgeWindow, type MetricPoint, type Slot } from './judge-window.js';
import { reasonOf } from './reason.js';

export type { MetricPoint };
export type AlarmStateName = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export interface PreviousState {
  state: AlarmStateName;
  since: string;
}
export interface EvaluatedAlarm extends PreviousState {
  /** In words, with the datapoints that decided. */
  reason: string;
  /** The newest value in the range that was looked at. */
  latest?: number;
}

/**
 * The state of an alarm now, as CloudWatch evaluates it: M breaching points of the newest N, looked for in a range of
 * N + 2 periods so that late or missing points do not decide at once. A new alarm starts as INSUFFICIENT_DATA; one that
 * keeps its state keeps its `since`. Points outside the range, NaN and infinities are not looked at.
 * Periods that began before `begin`, when there was nothing to measure yet, are not missing: nothing is made up for them.
 * Source: "Using Amazon CloudWatch alarms: configuring how CloudWatch alarms treat missing data".
 */
export function evaluateAlarm(
  definition: JudgedAlarm,
  datapoints: readonly MetricPoint[],
  previous: PreviousState | undefined,
  now: Date,
  begin?: Date,
): EvaluatedAlarm {
  const slots = slotsOf(definition, datapoints, now);
  const answer = judgeWindow(slots, {
    periods: definition.evaluationPeriods,
    toAlarm: definition.datapointsToAlarm ?? definition.evaluationPeriods,
    missing: definition.missing,
    tooEarly: emptyBefore(begin, slots, definition, now),
  });
  const before = previous ?? { state: 'INSUFFICIENT_DATA', since: now.toISOString() };
  const state = answer.state === 'RETAIN' ? before.state : answer.state;
  const since = state === before.state ? before.since : now.toISOString();
  const latest = slots.findLast((slot) => slot !== null)?.value;
  return { state, since, reason: reasonOf(definition, answer, slots), ...(latest === undefined ? {} : { latest }) };
}

/** The span of time whose points an evaluation looks at: what to ask a metric reader for. */
export function evaluationRange(
  definition: Pick<JudgedAlarm, 'period' | 'evaluationPeriods'>,
  now: Date,
): { from: Date; to: Date } {
  const step = Math.min(60, definition.period) * 1000;
  const to = Math.floor(now.getTime() / step) * step;
  const periods = definition.evaluationPeriods + 2;
  return { from: new Date(to - periods * definition.period * 1000), to: new Date(to) };
}

/** One slot a period, oldest first; null where the metric has no point. The window slides: it ends now, not at a full period. */
function slotsOf(definition: JudgedAlarm, datapoints: readonly MetricPoint[], now: Date): (Slot | null)[] {
  const { to } = evaluationRange(definition, now);
  const slots = new Array<Slot | null>(definition.evaluationPeriods + 2).fill(null);
  for (const { at, value } of datapoints) {
    const age = to.getTime() - Date.parse(at);
    const slot = slots.length - 1 - Math.floor((age - 1) / (definition.period * 1000));
    if (!(age > 0) || slot < 0 || !Number.isFinite(value)) continue;
    if (slots[slot] && Date.parse(slots[slot].at) > Date.parse(at)) continue;
    slots[slot] = { at, value, breaching: breaches[definition.operator](value, definition.threshold) };
  }
  return slots;
}

/** How many of the empty slots began before `begin`. */
function emptyBefore(
  begin: Date | undefined,
  slots: readonly (Slot | null)[],
  definition: JudgedAlarm,
  now: Date,
): number {
  if (begin === undefined) return 0;
  const { to } = evaluationRange(definition, now);
  const lived = Math.max(0, Math.floor((to.getTime() - begin.getTime()) / (definition.period * 1000)));
  return slots.filter((slot, at) => slot === null && slots.length - at > lived).length;
}

const breaches: Record<JudgedAlarm['operator'], (value: number, threshold: number) => boolean> = {
  '>=': (value, threshold) => value >= threshold,
  '>': (value, threshold) => value > threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};
