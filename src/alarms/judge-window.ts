import type { AlarmDefinition } from '../project/schema.js';

/** A metric's value over one period; `at` is the period's start, ISO 8601. */
export interface MetricPoint {
  at: string;
  value: number;
}
export interface Slot extends MetricPoint {
  breaching: boolean;
}
export interface Rules {
  /** N: how many points are judged. */
  periods: number;
  /** M: how many of them must breach. */
  toAlarm: number;
  missing: AlarmDefinition['missing'];
  /** How many of the empty slots lie before there was anything to measure. */
  tooEarly: number;
}
export interface Answer {
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'RETAIN';
  /** The points that were judged, oldest first. */
  judged: Slot[];
  /** How many points had to be made up, as `missing` says. */
  filled: number;
  /** How many of those lie before there was anything to measure: they say nothing. */
  tooEarly: number;
}

/**
 * Judges a range of slots, oldest first, null where there is no point.
 *
 * With N points or more in the range, the newest N decide and `missing` does not matter. With fewer, all decide and only
 * the shortfall is filled: `breaching` and `notBreaching` count as such; `ignore` retains the state, and `missing` is
 * INSUFFICIENT_DATA, unless a point that does not breach speaks for OK. `breaching` is INSUFFICIENT_DATA too where only
 * periods from before the beginning could make it an alarm. With `missing` and nothing but breaching points,
 * the alarm goes off early when the oldest of them in the last N periods is M periods old.
 */
export function judgeWindow(slots: readonly (Slot | null)[], rules: Rules): Answer {
  const { periods, toAlarm, missing } = rules;
  const real = slots.filter((slot) => slot !== null);
  const judged = real.slice(-periods);
  const breaching = judged.filter((slot) => slot.breaching).length;
  const filled = periods - judged.length;
  const tooEarly = Math.max(0, periods - slots.length + rules.tooEarly);
  const answer = (state: Answer['state']): Answer => ({ state, judged, filled, tooEarly });
  if (breaching >= toAlarm) return answer('ALARM');
  if (filled === 0) return answer('OK');
  switch (missing) {
    case 'breaching':
      if (breaching + filled < toAlarm) return answer('OK');
      return answer(breaching + filled - tooEarly >= toAlarm ? 'ALARM' : 'INSUFFICIENT_DATA');
    case 'notBreaching':
      return answer('OK');
    case 'ignore':
      return answer(breaching < judged.length ? 'OK' : 'RETAIN');
    case 'missing':
      if (breaching < judged.length) return answer('OK');
      return answer(isOldEnough(slots.slice(-periods), toAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA');
  }
}

/** Whether the oldest breaching point has stood for M periods, its own included, with nothing healthy after it. */
function isOldEnough(lastSlots: readonly (Slot | null)[], toAlarm: number): boolean {
  const oldest = lastSlots.findIndex((slot) => slot?.breaching === true);
  return oldest >= 0 && lastSlots.length - oldest >= toAlarm;
}
