import { SyntaxProblem, tokensOf, type Tokens } from './token-reader.js';

/**
 * The part of CloudWatch's metric math that an alarm here can be made of: arithmetic, comparisons, `IF` and `FILL` over
 * metrics that have names. Source: "Using math expressions with CloudWatch metrics".
 */
export type MetricMath =
  | { kind: 'number'; value: number }
  | { kind: 'metric'; id: string; at: number }
  | { kind: 'operation'; operator: Operator; left: MetricMath; right: MetricMath }
  /** Where the condition does not hold and nothing else is said, there is no point. */
  | { kind: 'if'; condition: MetricMath; then: MetricMath; otherwise?: MetricMath }
  /** Points that are missing become a number, or the one before. */
  | { kind: 'fill'; of: MetricMath; by: number | 'REPEAT' };
export type Operator = (typeof levels)[number][number];

/** Operators that bind least first; those of one level from left to right. */
const levels = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
] as const;
const sign = /^(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|==|!=|<=|>=|&&|\|\||[-+*/^<>(),])/;
const known = 'one of the functions IF and FILL';

/** @throws SyntaxProblem naming what cannot be read, and what can */
export function parseMetricMath(text: string): MetricMath {
  const tokens = tokensOf(text, sign);
  const found = operation(tokens, 0);
  if (tokens.peek() !== undefined) tokens.refuse('an operator or the end');
  return found;
}

/** The names of the metrics in it, each with the place where it first stands. */
export function metricsIn(math: MetricMath): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (one: MetricMath | undefined): void => {
    if (one === undefined || one.kind === 'number') return;
    if (one.kind === 'metric') return void (found.has(one.id) || found.set(one.id, one.at));
    if (one.kind === 'fill') return visit(one.of);
    const parts = one.kind === 'if' ? [one.condition, one.then, one.otherwise] : [one.left, one.right];
    for (const part of parts) visit(part);
  };
  visit(math);
  return found;
}

function operation(tokens: Tokens, level: number): MetricMath {
  const operators = levels[level];
  if (operators === undefined) return operand(tokens);
  let left = operation(tokens, level + 1);
  for (;;) {
    const operator = tokens.try(...operators) as Operator | undefined;
    if (operator === undefined) return left;
    left = { kind: 'operation', operator, left, right: operation(tokens, level + 1) };
  }
}

function operand(tokens: Tokens): MetricMath {
  if (tokens.try('-') !== undefined)
    return { kind: 'operation', operator: '-', left: { kind: 'number', value: 0 }, right: operand(tokens) };
  if (tokens.try('(') !== undefined) {
    const inner = operation(tokens, 0);
    tokens.expect(')');
    return inner;
  }
  const at = tokens.at();
  const word = tokens.take(/^\w/, 'a metric, a number or "("');
  if (/^\d/.test(word)) return { kind: 'number', value: Number(word) };
  if (tokens.try('(') !== undefined) return call(word, at, tokens);
  if (/^[a-z]/.test(word)) return { kind: 'metric', id: word, at };
  throw new SyntaxProblem(at, `"${word}"`, 'a metric, whose name begins with a small letter');
}

function call(name: string, at: number, tokens: Tokens): MetricMath {
  if (name !== 'IF' && name !== 'FILL') throw new SyntaxProblem(at, `the function ${name}`, known);
  const first = operation(tokens, 0);
  tokens.expect(',');
  if (name === 'FILL') {
    const negative = tokens.try('-') !== undefined;
    const word = tokens.take(/^(?:\d|REPEAT$)/, 'a number or REPEAT');
    tokens.expect(')');
    return { kind: 'fill', of: first, by: word === 'REPEAT' ? word : Number(word) * (negative ? -1 : 1) };
  }
  const then = operation(tokens, 0);
  const otherwise = tokens.try(',') === undefined ? undefined : operation(tokens, 0);
  tokens.expect(')');
  return { kind: 'if', condition: first, then, otherwise };
}
