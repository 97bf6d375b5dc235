import assert from 'node:assert/strict';
import { evaluateAlarm, evaluationRange, type PreviousState } from '../../../src/alarms/evaluate-alarm.js';
import type { AlarmDefinition } from '../../../src/project/schema.js';

const now = new Date('2026-03-01T12:00:00Z');
const alarm: AlarmDefinition = {
  name: 'cpu',
  namespace: 'test',
  metric: 'CPU',
  dimensions: {},
  statistic: 'Average',
  period: 300,
  evaluationPeriods: 3,
  operator: '>=',
  threshold: 80,
  missing: 'missing',
};
const before: PreviousState = { state: 'OK', since: '2026-03-01T06:00:00.000Z' };

/** `0-X`: oldest first, one sign a period: `0` healthy, `X` breaching, `-` no point. */
function points(pattern: string, at = now) {
  return [...pattern].flatMap((sign, index) => {
    const start = new Date(at.getTime() - (pattern.length - index) * 300_000).toISOString();
    return sign === '-' ? [] : [{ at: start, value: sign === 'X' ? 90 : 10 }];
  });
}

// The documented table of three periods, five points looked at: pattern, points to alarm, and the state by treatment.
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const documented: [string, number, ...string[]][] = [
  ['0-X-X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['0----', 3, 'OK', 'OK', 'OK', 'OK'],
  ['-----', 3, 'INSUFFICIENT_DATA', 'RETAIN', 'ALARM', 'OK'],
  ['0XX-X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['--X--', 3, 'ALARM', 'RETAIN', 'ALARM', 'OK'],
  ['0-X-X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['00X0X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0-X--', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['----0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['---X-', 2, 'ALARM', 'RETAIN', 'ALARM', 'OK'],
];

describe('evaluating an alarm', () => {
  for (const [pattern, datapointsToAlarm, ...states] of documented) {
    for (const [index, missing] of treatments.entries()) {
      it(`${pattern}, ${datapointsToAlarm} of 3, missing as "${missing}": ${states[index]}`, () => {
        for (const previous of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
          const definition = { ...alarm, datapointsToAlarm, missing };
          const { state } = evaluateAlarm(definition, points(pattern), { ...before, state: previous }, now);
          assert.equal(state, states[index] === 'RETAIN' ? previous : states[index]);
        }
      });
    }
  }

  it('starts a new alarm with too little data', () => {
    const answer = evaluateAlarm(alarm, [], undefined, now);
    assert.deepEqual(answer, {
      state: 'INSUFFICIENT_DATA',
      since: now.toISOString(),
      reason: 'no datapoint in the last 25 minutes, and there are too few to judge',
    });
  });

  describe('of something new, where missing data is breaching', () => {
    const strict: AlarmDefinition = { ...alarm, missing: 'breaching' };
    const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    const stateSince = (minutes: number, pattern = '-----', datapointsToAlarm = 3) =>
      evaluateAlarm({ ...strict, datapointsToAlarm }, points(pattern), undefined, now, minutesAgo(minutes)).state;

    it('is not in alarm for periods from before it existed, and is once enough have passed', () => {
      assert.deepEqual(
        [0, 1, 14, 15, 60].map((minutes) => stateSince(minutes)),
        ['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM', 'ALARM'],
      );
      assert.deepEqual([stateSince(9, '-----', 2), stateSince(10, '-----', 2)], ['INSUFFICIENT_DATA', 'ALARM']);
    });

    it('does not fill a gap between the points of a former one of its name', () => {
      assert.equal(stateSince(5, '-X---'), 'INSUFFICIENT_DATA');
    });

    it('goes off at once by real points, and is OK where no gap could change that', () => {
      assert.equal(stateSince(1, '--XXX'), 'ALARM');
      assert.equal(stateSince(1, '----0'), 'OK');
      assert.equal(stateSince(6, '---X-'), 'INSUFFICIENT_DATA');
      assert.equal(stateSince(6, '---X-', 2), 'ALARM');
    });

    it('says how long it has been', () => {
      assert.equal(
        evaluateAlarm(strict, [], undefined, now, minutesAgo(6)).reason,
        'too new to be judged: 1 of 3 periods of 5 minutes have passed',
      );
    });
  });

  it('tells seconds where the periods it looked at make less than two minutes', () => {
    const short = { ...alarm, period: 10, evaluationPeriods: 1, datapointsToAlarm: 1 };
    assert.match(evaluateAlarm(short, [], undefined, now).reason, /^no datapoint in the last \d+ seconds, /);
  });

  it('does not call a first breaching point healthy', () => {
    assert.equal(evaluateAlarm(alarm, points('----X'), undefined, now).state, 'INSUFFICIENT_DATA');
    assert.equal(
      evaluateAlarm({ ...alarm, missing: 'ignore' }, points('----X'), undefined, now).state,
      'INSUFFICIENT_DATA',
    );
  });

  it('keeps the moment of the last change while the state stays, and takes now when it changes', () => {
    assert.equal(evaluateAlarm(alarm, points('00000'), before, now).since, before.since);
    assert.equal(evaluateAlarm(alarm, points('00XXX'), before, now).since, now.toISOString());
  });

  it('says in words which datapoints decided', () => {
    const definition = { ...alarm, datapointsToAlarm: 2 };
    assert.equal(
      evaluateAlarm(definition, points('00X0X'), before, now).reason,
      '2 of the last 3 datapoints were at least 80 (90 at 11:45, 90 at 11:55), 2 needed',
    );
    assert.equal(
      evaluateAlarm(definition, points('00000'), before, now).reason,
      '0 of the last 3 datapoints were at least 80 (latest 10 at 11:55), 2 needed',
    );
    assert.equal(
      evaluateAlarm({ ...definition, missing: 'breaching' }, points('----X'), before, now).reason,
      'the only datapoint was at least 80 (90 at 11:55), 2 needed; 2 missing, and a missing one counts as breaching',
    );
  });

  it('hands back the newest value, and none when there is none', () => {
    assert.equal(evaluateAlarm(alarm, points('0X0--'), before, now).latest, 10);
    assert.equal('latest' in evaluateAlarm(alarm, points('-----'), before, now), false);
  });

  it('looks at nothing older than its range and nothing from the future', () => {
    const old = { at: new Date(now.getTime() - 26 * 60_000).toISOString(), value: 90 };
    const future = { at: new Date(now.getTime() + 60_000).toISOString(), value: 90 };
    assert.equal(evaluateAlarm({ ...alarm, evaluationPeriods: 3 }, [old, future], before, now).latest, undefined);
  });

  it('passes over values that are no numbers', () => {
    const broken = points('XXXXX').map(({ at }, index) => ({ at, value: index % 2 === 0 ? NaN : Infinity }));
    assert.equal(evaluateAlarm(alarm, broken, before, now).state, 'INSUFFICIENT_DATA');
  });

  it('treats a value at the threshold as its operator says', () => {
    const at = points('XXXXX').map((point) => ({ ...point, value: 80 }));
    const state = (operator: AlarmDefinition['operator']) =>
      evaluateAlarm({ ...alarm, operator }, at, before, now).state;
    assert.deepEqual([state('>='), state('>'), state('<='), state('<')], ['ALARM', 'OK', 'ALARM', 'OK']);
  });

  it('takes a value on either side of the threshold as its operator says', () => {
    const state = (operator: AlarmDefinition['operator'], value: number) => {
      const at = points('XXXXX').map((point) => ({ ...point, value }));
      return evaluateAlarm({ ...alarm, operator }, at, before, now).state;
    };
    for (const operator of ['>=', '>'] as const)
      assert.deepEqual([state(operator, 79), state(operator, 81)], ['OK', 'ALARM'], operator);
    for (const operator of ['<=', '<'] as const)
      assert.deepEqual([state(operator, 79), state(operator, 81)], ['ALARM', 'OK'], operator);
  });

  it('takes the newest of several points in one period, in whatever order they come', () => {
    const early = { at: new Date(now.getTime() - 299_000).toISOString(), value: 10 };
    const late = { at: new Date(now.getTime() - 60_000).toISOString(), value: 90 };
    const once = { ...alarm, evaluationPeriods: 1 };
    for (const both of [
      [early, late],
      [late, early],
    ]) {
      const { state, latest } = evaluateAlarm(once, both, before, now);
      assert.deepEqual([state, latest], ['ALARM', 90]);
    }
  });

  it('says of a gap what it was taken for, where that decided', () => {
    const reason = (missing: AlarmDefinition['missing'], pattern: string, datapointsToAlarm = 3) =>
      evaluateAlarm({ ...alarm, missing, datapointsToAlarm }, points(pattern), before, now).reason;
    assert.equal(
      reason('missing', '--X--'),
      'the only datapoint was at least 80 (90 at 11:45), 3 needed; 2 missing, and nothing healthy since',
    );
    assert.equal(
      reason('missing', '----X'),
      'the only datapoint was at least 80 (90 at 11:55), 3 needed; 2 missing, and there are too few to judge',
    );
    assert.equal(
      reason('ignore', '---XX'),
      '2 of the last 2 datapoints were at least 80 (90 at 11:50, 90 at 11:55), 3 needed; 1 missing, and the state stays',
    );
    assert.equal(
      reason('breaching', '-0--X', 2),
      '1 of the last 2 datapoints was at least 80 (90 at 11:55), 2 needed; 1 missing, and a missing one counts as breaching',
    );
    assert.equal(reason('missing', '----0'), 'the only datapoint was not at least 80 (latest 10 at 11:55), 3 needed');
    assert.equal(
      reason('notBreaching', '-----'),
      'no datapoint in the last 25 minutes, and a missing one counts as healthy',
    );
  });

  it('calls nothing too new that has points enough', () => {
    const minuteAgo = new Date(now.getTime() - 60_000);
    const { reason } = evaluateAlarm({ ...alarm, missing: 'breaching' }, points('--XXX'), before, now, minuteAgo);
    assert.equal(
      reason,
      '3 of the last 3 datapoints were at least 80 (90 at 11:45, 90 at 11:50, 90 at 11:55), 3 needed',
    );
    const missing = evaluateAlarm(alarm, [], undefined, now, minuteAgo).reason;
    assert.equal(missing, 'no datapoint in the last 25 minutes, and there are too few to judge');
  });

  it('slides with the minute: a period that began three minutes ago is the newest', () => {
    const later = new Date('2026-03-01T12:03:30Z');
    const begun = [{ at: '2026-03-01T12:00:00Z', value: 90 }];
    assert.equal(evaluateAlarm({ ...alarm, evaluationPeriods: 1 }, begun, before, later).state, 'ALARM');
    const range = evaluationRange(alarm, later);
    assert.equal(range.to.toISOString(), '2026-03-01T12:03:00.000Z');
    assert.equal(range.from.toISOString(), '2026-03-01T11:38:00.000Z');
  });
});
