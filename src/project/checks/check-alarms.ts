import { oneOf } from '../../common/nearest.js';
import { valueAt } from '../../common/schema-words.js';
import type { CompositeAlarm } from '../alarms/alarm-schema.js';
import type { AskedAlarm, ShortAlarm, ShortBand, ShortExpression } from '../alarms/asked-schema.js';
import { endpointSet, setName } from '../alarms/endpoint-set.js';
import { alarmsIn, parseCompositeRule } from '../rules/composite-rule.js';
import { readBareRule } from '../rules/live-rule.js';
import { metricsIn, parseMetricMath } from '../rules/metric-math.js';
import type { Note } from './problem.js';
import { SyntaxProblem } from '../rules/token-reader.js';

/**
 * Alarms of one name are one alarm; expressions and rules must be readable, and name what is there. `file` is as its user
 * wrote it, whatever else is wrong with it.
 */
export function checkAlarms(alarms: readonly AskedAlarm[], file: unknown, note: Note): void {
  const names: string[] = [];
  const known = { endpoints: keysAt(file, 'endpoints'), actions: keysAt(file, 'actions') };
  alarms.forEach((alarm, index) => {
    const noteHere: Note = (path, ...rest) => note([index, ...path], ...rest);
    const own = namesOf(alarm, file);
    for (const name of own)
      if (names.includes(name))
        noteHere(
          ['set' in alarm ? 'set' : 'name'],
          `found "${name}", which is an alarm already, expected another name`,
        );
    if ('expression' in alarm) checkExpression(alarm, noteHere);
    // An alarm may be made of those before it alone: so none is made of itself, and all can be made in their order.
    if ('composite' in alarm) checkComposite(alarm, names, noteHere);
    if ('of' in alarm) checkShort(alarm, noteHere);
    if ('endpoint' in alarm) checkEndpointKey(alarm.endpoint, known.endpoints, noteHere);
    alarm.then?.forEach((name, at) => {
      const expected =
        known.actions.length === 0 ? 'a name of "actions", of which there is none' : oneOf(name, known.actions);
      if (!known.actions.includes(name))
        noteHere(['then', at], `found "${name}", expected ${expected}`, undefined, known.actions);
      else if (alarm.then!.indexOf(name) < at) noteHere(['then', at], `found "${name}" twice, expected it once`);
    });
    names.push(...own);
  });
}

const keysAt = (file: unknown, key: string): string[] => {
  const value = valueAt(file, [key]);
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
};

function namesOf(alarm: AskedAlarm, file: unknown): string[] {
  if (!('set' in alarm)) return [alarm.name];
  const keys = keysAt(file, 'endpoints');
  const released = valueAt(file, ['release', 'to']);
  const key = alarm.endpoint ?? (typeof released === 'string' ? released : keys[0]);
  const said = key === undefined ? valueAt(file, ['endpoint', 'name']) : valueAt(file, ['endpoints', key, 'name']);
  const endpoint = typeof said === 'string' ? said : `${String(valueAt(file, ['name']))}-${key}`;
  return endpointSet.map((of) => setName(endpoint, of));
}

function checkEndpointKey(key: string | undefined, known: readonly string[], note: Note): void {
  if (key === undefined || known.includes(key)) return;
  const expected = known.length === 0 ? 'none: the project has one endpoint' : oneOf(key, known);
  note(['endpoint'], `found "${key}", expected ${expected}`, undefined, known);
}

/** A rule and a count of periods that CloudWatch has too. */
function checkShort(alarm: ShortAlarm | ShortExpression | ShortBand, note: Note): void {
  const [m, n] = alarm.of.split('/').map(Number) as [number, number];
  if (m > n) note(['of'], `found "${alarm.of}", expected at most as many as there are, such as "${n}/${n}"`);
  if (!('rule' in alarm)) return;
  const read = readBareRule(alarm.rule);
  if ('problem' in read)
    note(['rule'], `found ${read.problem.found}, expected ${read.problem.expected}`, read.problem.at);
  else if (read.operator === '==' || read.operator === '!=')
    note(['rule'], `found "${read.operator}", expected >, >=, < or <=: what is counted is none where it is "<= 0"`, 0);
}

function checkExpression({ expression, metrics }: { expression: string; metrics: object }, note: Note): void {
  const used = readable(() => metricsIn(parseMetricMath(expression)), 'expression', note);
  if (used === undefined) return;
  const known = Object.keys(metrics);
  for (const [id, at] of used)
    if (!known.includes(id)) note(['expression'], `found the metric ${id}, expected ${oneOf(id, known)}`, at, known);
  for (const id of known)
    if (!used.has(id)) note(['metrics', id], `found a metric that the expression does not use, expected none`);
}

function checkComposite({ composite }: Pick<CompositeAlarm, 'composite'>, known: readonly string[], note: Note): void {
  const used = readable(() => alarmsIn(parseCompositeRule(composite)), 'composite', note);
  for (const [name, at] of used ?? [])
    if (!known.includes(name))
      note(
        ['composite'],
        `found the alarm ${name}, expected ${known.length === 0 ? 'one that stands before this one' : oneOf(name, known)}`,
        at,
        known,
      );
}

function readable<Result>(read: () => Result, key: string, note: Note): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    note([key], error.message, error.at);
    return undefined;
  }
}
