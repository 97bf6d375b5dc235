import { valueAt } from '../../common/schema-words.js';
import type { Operator } from '../../documents/gates/verdict.js';
import type { Path } from '../checks/problem.js';
import type { JsoncText } from '../jsonc.js';
import { looksLikeRule, readBareRule, readLiveRule } from '../rules/live-rule.js';
import { figureRange, liveRange, metricRange, type Range } from './figure-range.js';
import type { Facts } from './facts.js';
import type { Finding, Fix } from './finding.js';
import { lengths, rulesOf } from './rules-of.js';

/** Limits that a figure always keeps or never can: a gate that cannot fail, an alarm that cannot go off. */
export function limitFindings(text: JsoncText, _facts: Facts): Finding[] {
  const { value: file } = text;
  const ofGates = rulesOf(file).flatMap(({ rule, text: written, path }) => {
    const { figure, operator, limit } = rule;
    if (limit.kind !== 'absolute') return [];
    const name = rule.class === null ? figure : `${figure}{${rule.class}}`;
    return held(figureRange(figure), { name, operator, value: limit.value }, 'hold', {
      ...rangeIn(text, path, written, limit.text),
    });
  });
  return [...ofGates, ...ofAlarms(text), ...ofRollbacks(text)];
}

function ofAlarms(text: JsoncText): Finding[] {
  return lengths(text.value, ['alarms']).flatMap((path) => {
    const metric = valueAt(text.value, [...path, 'metric']);
    const rule = valueAt(text.value, [...path, 'rule']);
    if (typeof metric !== 'string') return [];
    if (typeof rule === 'string') {
      const read = readBareRule(rule);
      if ('problem' in read) return [];
      return held(
        metricRange(metric),
        { name: metric, ...read },
        'go off',
        text.rangeOf(placed(text, [...path, 'rule'])),
      );
    }
    const [operator, value] = ['operator', 'threshold'].map((key) => valueAt(text.value, [...path, key]));
    if (typeof operator !== 'string' || typeof value !== 'number') return [];
    const rule_ = { name: metric, operator: operator as Operator, value };
    return held(metricRange(metric), rule_, 'go off', text.rangeOf(placed(text, [...path, 'threshold'])));
  });
}

function ofRollbacks(text: JsoncText): Finding[] {
  return lengths(text.value, ['release', 'rollbackOn']).flatMap((path) => {
    const written = valueAt(text.value, path);
    const read = typeof written === 'string' && looksLikeRule(written) ? readLiveRule(written) : undefined;
    if (read === undefined || 'problem' in read || read.rule.limit.kind !== 'absolute') return [];
    const { figure, operator, limit } = read.rule;
    const place = rangeIn(text, path, String(written), limit.text);
    return held(liveRange(figure), { name: figure, operator, value: limit.value }, 'go off', place);
  });
}

interface Limit {
  name: string;
  operator: Operator;
  value: number;
}

/** `hold`: a gate is well where its rule holds; `go off`: an alarm where it does. Either way both ends mean nothing. */
function held(
  range: Range | undefined,
  { name, operator, value }: Limit,
  does: 'hold' | 'go off',
  at: Place,
): Finding[] {
  const always = range === undefined ? false : isAlways(operator, value, range);
  if (range === undefined || (!always && !isNever(operator, value, range))) return [];
  const ends = rangeWords(range);
  const message =
    does === 'go off'
      ? `found ${operator} ${value}, which ${always ? 'always holds, so that it is always in alarm' : 'can never go off'}: ${name} ${ends}`
      : `found ${operator} ${value}, ${always ? 'a rule that can never fail' : 'which can never hold'}: ${name} ${ends}`;
  return [{ ...at, severity: 'warning', message, fixes: percentFix(range, value, at, does) }];
}

interface Place {
  from: number;
  to: number;
}

/** Somebody who writes 70 of a share means 70 per cent. */
function percentFix([least, most]: Range, value: number, at: Place, does: 'hold' | 'go off'): Fix[] {
  if (does === 'go off' || least !== 0 || most !== 1 || value <= 1 || value > 100) return [];
  const text = String(Number((value / 100).toPrecision(12)));
  return [{ title: `Change to ${text}`, ...at, text }];
}

const isAlways = (operator: Operator, value: number, [least, most]: Range): boolean =>
  ({
    '>=': value <= least,
    '>': value < least,
    '<=': value >= most,
    '<': value > most,
    '==': false,
    '!=': value < least || value > most,
  })[operator];

const isNever = (operator: Operator, value: number, [least, most]: Range): boolean =>
  ({
    '>=': value > most,
    '>': value >= most,
    '<=': value < least,
    '<': value <= least,
    '==': value < least || value > most,
    '!=': false,
  })[operator];

function rangeWords([least, most]: Range): string {
  if (most === Infinity) return `is never below ${least}`;
  if (least === -Infinity) return `is never above ${most}`;
  return `lies from ${least} to ${most}`;
}

const placed = (text: JsoncText, path: Path) => ({ path, ...text.placeOf(path) });

/** Where the number of a rule stands: it comes last in it, before a factor. */
function rangeIn(text: JsoncText, path: Path, written: string, number: string): Place {
  return text.rangeOf({ path, ...text.placeInString(path, written.lastIndexOf(number)) });
}
