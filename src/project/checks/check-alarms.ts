import { oneOf } from '../../common/nearest.js';
import type { CompositeAlarm, ExpressionAlarm, ProjectAlarm } from '../alarm-schema.js';
import { alarmsIn, parseCompositeRule } from '../rules/composite-rule.js';
import { metricsIn, parseMetricMath } from '../rules/metric-math.js';
import type { Note } from './problem.js';
import { SyntaxProblem } from '../rules/token-reader.js';

/** Alarms of one name are one alarm; expressions and rules must be readable, and name what is there. */
export function checkAlarms(alarms: readonly ProjectAlarm[], note: Note): void {
  const names = alarms.map(({ name }) => name);
  alarms.forEach((alarm, index) => {
    if (names.indexOf(alarm.name) < index)
      note([index, 'name'], `found "${alarm.name}", which is an alarm already, expected another name`);
    if ('expression' in alarm) checkExpression(alarm, (path, ...rest) => note([index, ...path], ...rest));
    // An alarm may be made of those before it alone: so none is made of itself, and all can be made in their order.
    if ('composite' in alarm)
      checkComposite(alarm, names.slice(0, index), (path, ...rest) => note([index, ...path], ...rest));
  });
}

function checkExpression({ expression, metrics }: ExpressionAlarm, note: Note): void {
  const used = readable(() => metricsIn(parseMetricMath(expression)), 'expression', note);
  if (used === undefined) return;
  const known = Object.keys(metrics);
  for (const [id, at] of used)
    if (!known.includes(id)) note(['expression'], `found the metric ${id}, expected ${oneOf(id, known)}`, at);
  for (const id of known)
    if (!used.has(id)) note(['metrics', id], `found a metric that the expression does not use, expected none`);
}

function checkComposite({ composite }: CompositeAlarm, known: readonly string[], note: Note): void {
  const used = readable(() => alarmsIn(parseCompositeRule(composite)), 'composite', note);
  for (const [name, at] of used ?? [])
    if (!known.includes(name))
      note(
        ['composite'],
        `found the alarm ${name}, expected ${known.length === 0 ? 'one that stands before this one' : oneOf(name, known)}`,
        at,
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
