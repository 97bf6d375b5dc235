import type { JudgedAlarm } from '../project/alarms/alarm-schema.js';
import {
  evaluateAlarm,
  type AlarmStateName,
  type EvaluatedAlarm,
  type MetricPoint,
  type PreviousState,
} from './evaluate-alarm.js';

export interface Transition {
  at: string;
  from: AlarmStateName;
  to: AlarmStateName;
  reason: string;
}

/** An alarm is evaluated this often (CloudWatch: every minute). */
const everyMs = 60_000;

/**
 * What an alarm said at every minute since it was last evaluated, and says now: nobody needs to be watching for a short
 * alarm to leave its trace. `pointsAt` gives the points that an evaluation at that moment looks at; before `begin` there
 * was nothing to measure.
 */
export function replayAlarm(
  definition: JudgedAlarm,
  pointsAt: (moment: Date) => readonly MetricPoint[],
  previous: PreviousState & { evaluatedAt: string },
  now: Date,
  begin?: Date,
): { now: EvaluatedAlarm; transitions: Transition[] } {
  const transitions: Transition[] = [];
  let before: PreviousState = previous;
  const evaluate = (moment: Date): EvaluatedAlarm => {
    const after = evaluateAlarm(definition, pointsAt(moment), before, moment, begin);
    if (after.state !== before.state) {
      transitions.push({ at: after.since, from: before.state, to: after.state, reason: after.reason });
    }
    before = { state: after.state, since: after.since };
    return after;
  };
  const next = (Math.floor(Date.parse(previous.evaluatedAt) / everyMs) + 1) * everyMs;
  for (let at = next; at < now.getTime(); at += everyMs) evaluate(new Date(at));
  return { now: evaluate(now), transitions };
}
