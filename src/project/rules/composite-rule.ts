import { tokensOf, type Tokens } from './token-reader.js';

/** When an alarm that is made of others goes off. Source: PutCompositeAlarm, AlarmRule. */
export type CompositeRule =
  | { kind: 'state'; state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'; alarm: string; at: number }
  | { kind: 'constant'; value: boolean }
  | { kind: 'not'; of: CompositeRule }
  | { kind: 'and' | 'or'; left: CompositeRule; right: CompositeRule };

const sign = /^(?:"[^"]*"|'[^']*'|[()]|[^\s()"']+)/;
const beginning = 'ALARM(name), OK(name), INSUFFICIENT_DATA(name), NOT, TRUE, FALSE or "("';

/** @throws SyntaxProblem naming what cannot be read, and what can */
export function parseCompositeRule(text: string): CompositeRule {
  const tokens = tokensOf(text, sign);
  const found = either(tokens);
  if (tokens.peek() !== undefined) tokens.refuse('AND, OR or the end');
  return found;
}

/** The alarms that it is made of, each with the place where it first stands. */
export function alarmsIn(rule: CompositeRule): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (one: CompositeRule): void => {
    if (one.kind === 'state' && !found.has(one.alarm)) found.set(one.alarm, one.at);
    else if (one.kind === 'not') visit(one.of);
    else if (one.kind === 'and' || one.kind === 'or') [one.left, one.right].forEach(visit);
  };
  visit(rule);
  return found;
}

/** One text for all ways to write it: names in quotes, every operation in brackets. */
export function compositeText(rule: CompositeRule): string {
  switch (rule.kind) {
    case 'state':
      return `${rule.state}("${rule.alarm}")`;
    case 'constant':
      return rule.value ? 'TRUE' : 'FALSE';
    case 'not':
      return `NOT ${compositeText(rule.of)}`;
    case 'and':
    case 'or':
      return `(${compositeText(rule.left)} ${rule.kind.toUpperCase()} ${compositeText(rule.right)})`;
  }
}

function either(tokens: Tokens): CompositeRule {
  let left = both(tokens);
  while (tokens.try('OR') !== undefined) left = { kind: 'or', left, right: both(tokens) };
  return left;
}

function both(tokens: Tokens): CompositeRule {
  let left = one(tokens);
  while (tokens.try('AND') !== undefined) left = { kind: 'and', left, right: one(tokens) };
  return left;
}

function one(tokens: Tokens): CompositeRule {
  if (tokens.try('NOT') !== undefined) return { kind: 'not', of: one(tokens) };
  if (tokens.try('(') !== undefined) {
    const inner = either(tokens);
    tokens.expect(')');
    return inner;
  }
  const constant = tokens.try('TRUE', 'FALSE');
  if (constant !== undefined) return { kind: 'constant', value: constant === 'TRUE' };
  const state = tokens.try('ALARM', 'OK', 'INSUFFICIENT_DATA');
  if (state === undefined) return tokens.refuse(beginning);
  tokens.expect('(');
  const at = tokens.at();
  const name = tokens.take(/^[^()]/, "an alarm's name");
  tokens.expect(')');
  const alarm = name.replace(/^["']|["']$/g, '').replace(/^arn:.*:alarm:/, '');
  return { kind: 'state', state: state as 'ALARM', alarm, at };
}
