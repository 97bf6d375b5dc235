import { alarmsIn, type CompositeRule } from '../project/rules/composite-rule.js';
import type { AlarmStateName, EvaluatedAlarm, PreviousState } from './evaluate-alarm.js';
import type { Transition } from './replay-alarm.js';

/** What is known of an alarm that others are made of: its state at a moment, its changes since, oldest first. */
export interface Part {
  state: AlarmStateName;
  transitions: readonly Pick<Transition, 'at' | 'to'>[];
}

/**
 * What an alarm made of others said at every change of one of them since it was last evaluated, and says now. As
 * CloudWatch does: in ALARM while its rule holds, else OK; its reason names the state of each.
 * @param parts states as they were at `previous.evaluatedAt`, by name; one that is not there has too little data
 */
export function replayComposite(
  rule: CompositeRule,
  parts: ReadonlyMap<string, Part>,
  previous: PreviousState & { evaluatedAt: string },
): { now: EvaluatedAlarm; transitions: Transition[] } {
  const names = [...alarmsIn(rule).keys()];
  const states = new Map(names.map((name) => [name, parts.get(name)?.state ?? 'INSUFFICIENT_DATA']));
  const changes = names.flatMap((name) => (parts.get(name)?.transitions ?? []).map(({ at, to }) => ({ name, at, to })));
  changes.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
  const transitions: Transition[] = [];
  let before: PreviousState = previous;
  const evaluate = (at: string): EvaluatedAlarm => {
    const state = holds(rule, states) ? 'ALARM' : 'OK';
    const reason = names.map((name) => `${name} is ${states.get(name)}`).join(', ');
    const since = state === before.state ? before.since : at;
    if (state !== before.state) transitions.push({ at, from: before.state, to: state, reason });
    before = { state, since };
    return { state, since, reason };
  };
  let latest = evaluate(previous.evaluatedAt);
  changes.forEach(({ name, at, to }, index) => {
    states.set(name, to);
    // Several that change at one moment are one change of what is made of them.
    if (changes[index + 1]?.at !== at) latest = evaluate(at);
  });
  return { now: latest, transitions };
}

function holds(rule: CompositeRule, states: ReadonlyMap<string, AlarmStateName>): boolean {
  switch (rule.kind) {
    case 'state':
      return states.get(rule.alarm) === rule.state;
    case 'constant':
      return rule.value;
    case 'not':
      return !holds(rule.of, states);
    case 'and':
      return holds(rule.left, states) && holds(rule.right, states);
    case 'or':
      return holds(rule.left, states) || holds(rule.right, states);
  }
}
