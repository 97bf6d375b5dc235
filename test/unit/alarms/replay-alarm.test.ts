import assert from 'node:assert/strict';
import { evaluationRange } from '../../../src/alarms/evaluate-alarm.js';
import { replayAlarm } from '../../../src/alarms/replay-alarm.js';
import type { AlarmDefinition } from '../../../src/project/schema.js';

const alarm: AlarmDefinition = {
  name: 'errors',
  namespace: 'made',
  metric: 'Errors',
  dimensions: {},
  statistic: 'Sum',
  period: 60,
  evaluationPeriods: 1,
  operator: '>=',
  threshold: 5,
  missing: 'notBreaching',
};
const minute = (text: string) => `2026-03-01T${text}:00.000Z`;

/** Points by minute, as a store would answer at any moment. */
function store(values: Record<string, number>) {
  const points = Object.entries(values).map(([at, value]) => ({ at: minute(at), value }));
  return (moment: Date) => {
    const { from, to } = evaluationRange(alarm, moment);
    return points.filter(({ at }) => Date.parse(at) >= from.getTime() && Date.parse(at) < to.getTime());
  };
}

describe('an alarm that nobody watched', () => {
  const before = { state: 'OK', since: minute('09:00'), evaluatedAt: minute('10:00') } as const;
  const spike = store({ '10:05': 1, '10:06': 9, '10:07': 1, '10:08': 1 });

  it('leaves the trace of a short breach, minute by minute, and is OK again', () => {
    const { now, transitions } = replayAlarm(alarm, spike, before, new Date(minute('11:30')));
    assert.deepEqual(
      transitions.map(({ at, from, to }) => [at, from, to]),
      [
        [minute('10:07'), 'OK', 'ALARM'],
        [minute('10:08'), 'ALARM', 'OK'],
      ],
    );
    assert.match(transitions[0]!.reason, /9 at 10:06/);
    assert.deepEqual([now.state, now.since], ['OK', minute('10:08')]);
  });

  it('tells the same story whether it is read once or twice on the way', () => {
    const once = replayAlarm(alarm, spike, before, new Date(minute('11:30')));
    const half = replayAlarm(alarm, spike, before, new Date(minute('10:07')));
    const { state, since } = half.now;
    const rest = replayAlarm(alarm, spike, { state, since, evaluatedAt: minute('10:07') }, new Date(minute('11:30')));
    assert.deepEqual([...half.transitions, ...rest.transitions], once.transitions);
    assert.deepEqual(rest.now, once.now);
  });

  it('keeps its state and since when nothing happened', () => {
    const { now, transitions } = replayAlarm(alarm, store({}), before, new Date(minute('10:30')));
    assert.deepEqual([now.state, now.since, transitions], ['OK', minute('09:00'), []]);
  });
});
