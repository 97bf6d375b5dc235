import assert from 'node:assert/strict';
import { replayComposite, type Part } from '../../../src/alarms/composite.js';
import { alarmsIn, compositeText, parseCompositeRule } from '../../../src/project/rules/composite-rule.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString();
const previous = { state: 'OK', since: at(0), evaluatedAt: at(10) } as const;
const states = (parts: Record<string, Part['state']>) =>
  new Map(Object.entries(parts).map(([name, state]) => [name, { state, transitions: [] }]));
const stateOf = (rule: string, parts: Record<string, Part['state']>) =>
  replayComposite(parseCompositeRule(rule), states(parts), previous).now;

describe('an alarm made of others', () => {
  it('binds NOT before AND before OR, and is written in one way', () => {
    const written = (text: string) => compositeText(parseCompositeRule(text));
    const one = '(ALARM("a") OR (NOT OK("b") AND INSUFFICIENT_DATA("c d")))';
    assert.equal(written('ALARM(a) OR NOT OK(b) AND INSUFFICIENT_DATA("c d")'), one);
    assert.equal(written(one), one);
    assert.equal(written("ALARM('arn:aws:cloudwatch:eu-west-1:1:alarm:a')"), 'ALARM("a")');
    assert.deepEqual([...alarmsIn(parseCompositeRule(one)).keys()], ['a', 'b', 'c d']);
  });

  for (const [text, message] of [
    ['ALARM(a) XOR ALARM(b)', /found "XOR", expected AND, OR or the end/],
    ['AT_LEAST(2, ALARM, (a, b))', /found "AT_LEAST", expected ALARM\(name\)/],
    ['ALARM()', /found "\)", expected an alarm's name/],
    ['NOT', /found the end, expected ALARM/],
  ] as const)
    it(`refuses ${text} by name`, () => assert.throws(() => parseCompositeRule(text), message));

  it('is in ALARM while its rule holds, else OK, and says the state of each', () => {
    const both = 'ALARM(zero) AND ALARM(low)';
    assert.equal(stateOf(both, { zero: 'ALARM', low: 'ALARM' }).state, 'ALARM');
    const found = stateOf(both, { zero: 'ALARM' });
    assert.equal(found.state, 'OK');
    assert.equal(found.reason, 'zero is ALARM, low is INSUFFICIENT_DATA');
    assert.equal(stateOf('NOT OK(low) OR FALSE', { low: 'OK' }).state, 'OK');
    assert.equal(stateOf('TRUE', {}).state, 'ALARM');
  });

  it('changes when one that it is made of does, also while nobody looked', () => {
    const parts = new Map<string, Part>([
      ['a', { state: 'ALARM', transitions: [{ at: at(30), to: 'OK' }] }],
      ['b', { state: 'OK', transitions: [{ at: at(20), to: 'ALARM' }] }],
    ]);
    const found = replayComposite(parseCompositeRule('ALARM(a) AND ALARM(b)'), parts, previous);
    assert.deepEqual(
      found.transitions.map(({ at: moment, from, to }) => [moment, from, to]),
      [
        [at(20), 'OK', 'ALARM'],
        [at(30), 'ALARM', 'OK'],
      ],
    );
    assert.deepEqual([found.now.state, found.now.since], ['OK', at(30)]);
  });

  it('does not change in between when two that it is made of change at one moment', () => {
    const parts = new Map<string, Part>([
      ['a', { state: 'ALARM', transitions: [{ at: at(20), to: 'OK' }] }],
      ['b', { state: 'OK', transitions: [{ at: at(20), to: 'ALARM' }] }],
    ]);
    const before = { ...previous, state: 'ALARM' } as const;
    const found = replayComposite(parseCompositeRule('ALARM(a) OR ALARM(b)'), parts, before);
    assert.deepEqual(found.transitions, []);
    assert.deepEqual([found.now.state, found.now.since], ['ALARM', previous.since]);
  });

  it('keeps since when it is in its state', () => {
    assert.equal(stateOf('ALARM(a)', { a: 'OK' }).since, previous.since);
  });
});
