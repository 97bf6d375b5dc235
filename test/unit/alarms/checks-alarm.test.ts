import assert from 'node:assert/strict';
import { askedAlarms } from '../../../src/alarms/asked-alarms.js';
import { evaluateAlarm } from '../../../src/alarms/evaluate-alarm.js';
import { checksAlarm } from '../../../src/alarms/checks-alarm.js';
import type { ProjectFile } from '../../../src/project/schema.js';

const file = (part: object) => ({ name: 'a', endpoint: { name: 'a' }, alarms: [], ...part }) as unknown as ProjectFile;
const checked = file({ checks: { cases: 'smoke.jsonl', every: '90s' } });

describe('the alarm of an endpoint that is checked', () => {
  it('is there where the project has it checked, and nowhere else', () => {
    assert.deepEqual(askedAlarms(file({})), []);
    assert.deepEqual(
      askedAlarms(checked).map(({ alarm }) => alarm.name),
      ['a-CheckFailures'],
    );
  });

  it('tells of a failure, and of no check at all; it is well when all pass', () => {
    const [alarm] = checksAlarm(checked);
    assert.equal(alarm!.period, 180);
    const now = new Date('2026-06-01T12:00:00Z');
    const at = new Date(now.getTime() - 180_000).toISOString();
    const stateOf = (points: { at: string; value: number }[]) => evaluateAlarm(alarm!, points, undefined, now).state;
    assert.deepEqual([stateOf([]), stateOf([{ at, value: 1 }]), stateOf([{ at, value: 0 }])], ['ALARM', 'ALARM', 'OK']);
  });
});
