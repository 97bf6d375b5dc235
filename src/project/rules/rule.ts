import { InputError } from '../../common/errors.js';
import { operatorSchema, type Operator } from '../../documents/gates/verdict.js';
import { scanner, type RuleProblem } from './rule-scanner.js';
import { unquoted } from './class-figure.js';
import { readSlice, sliceName } from './slice.js';

export type { RuleProblem };

/** What a figure is held against. `text` is the number as it was written: "0.70". */
export type Limit =
  | { kind: 'absolute'; value: number; text: string }
  | { kind: 'relative'; factor: number; to: 'baseline' | 'current'; text: string };

/** A rule of a gate, taken apart. */
export interface Rule {
  figure: string;
  /** Not the figure itself, but what it is estimated to be while there are no labels. */
  estimated?: true;
  /** Of several classes, the one that the figure is of; null: it is of all of them. */
  class: string | null;
  /** Names or `*` patterns of columns; null: the figure is one of the whole model. */
  columns: string[] | null;
  /** The part of the rows that is looked at, as `sliceName` writes it; null: all of them. */
  slice: string | null;
  operator: Operator;
  limit: Limit;
}

const number = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;
const operators = operatorSchema.options;
const classExample = 'a class such as comp1 or "no failure"';
const sliceExample = 'a slice such as "model=A", "age=[40, 52)" or "age>=61"';

/**
 * Parses `figure operator number`, `figure operator number * baseline` (or `current`), with `figure(columns)` for figures of
 * columns, `figure{class}` for one of several classes, `figure[slice]` for a part of the rows and `estimated figure` for what it
 * will come to.
 * @throws InputError that says what was found where, and what was expected
 */
export function parseRule(text: string): Rule {
  const read = readRule(text);
  if ('rule' in read) return read.rule;
  const { at, found, expected } = read.problem;
  throw new InputError(`rule "${text}", position ${at + 1}: found ${found}, expected ${expected}`);
}

/**
 * Whether a rule holds a figure against the model in production. Such a rule judges candidates: in production the model
 * would be compared with itself.
 */
export function comparesWithCurrent(text: string): boolean {
  const read = readRule(text);
  return 'rule' in read && read.rule.limit.kind === 'relative' && read.rule.limit.to === 'current';
}

/** Like parseRule, but hands back the problem, for a caller that knows the rule's place in a file. */
export function readRule(text: string): { rule: Rule } | { problem: RuleProblem } {
  const scan = scanner(text);
  const named = scan.take(/(?:estimated\s+(?=[A-Za-z_]))?[A-Za-z_][A-Za-z0-9_]*/y, 'the name of a figure');
  if (named === undefined) return scan.failed();
  const figure = named.replace(/^estimated\s+/, '');
  const estimated = figure === named ? {} : { estimated: true as const };
  const ofClass = scan.try('{') ? takeClass(scan) : null;
  if (ofClass === undefined) return scan.failed();
  const columns = ofClass === null && scan.try('(') ? readColumns(scan) : null;
  if (columns === undefined) return scan.failed();
  const slice = scan.try('[') ? takeSlice(scan) : null;
  if (slice === undefined) return scan.failed();
  const plain = ofClass === null && columns === null && slice === null;
  const after = plain ? `"(", "[" or one of ${operators.join(', ')}` : operators.join(', ');
  const operator = scan.take(/[<>]=?|[=!]=/y, after);
  if (operator === undefined) return scan.failed();
  const limit = readLimit(scan);
  if (limit === undefined) return scan.failed();
  const rule = {
    figure,
    ...estimated,
    class: ofClass,
    columns,
    slice,
    operator: operatorSchema.parse(operator),
    limit,
  };
  return { rule };
}

type Scanner = ReturnType<typeof scanner>;

function readColumns(scan: Scanner): string[] | undefined {
  const columns: string[] = [];
  do {
    const column = scan.take(/[^\s,()[\]]+/y, 'a column or a pattern such as "*"');
    if (column === undefined) return undefined;
    columns.push(column);
  } while (scan.try(','));
  return scan.expect(')', '"," or ")"') ? columns : undefined;
}

/** The class between the braces: a plain word, or any text in quotes. */
function takeClass(scan: Scanner): string | undefined {
  const text = scan.take(/"(?:[^"\\]|\\.)*"|[^\s"{}[\]()]+/y, classExample);
  if (text === undefined || !scan.expect('}', '"}", with quotes around a class of several words')) return undefined;
  if (!text.startsWith('"')) return text;
  return unquoted(text) ?? scan.refuse(text, classExample);
}

/** The text between the brackets, which may hold quoted texts and one range in brackets of its own; as `sliceName` writes it. */
function takeSlice(scan: Scanner): string | undefined {
  const text = scan.take(/(?:"(?:[^"\\]|\\.)*"|[^[\]])+(?:\[[^[\]()]*[)\]])?/y, sliceExample)?.trim();
  if (text === undefined || !scan.expect(']', '"]"')) return undefined;
  const slice = readSlice(text);
  return slice === undefined ? scan.refuse(text, sliceExample) : sliceName(slice);
}

function readLimit(scan: Scanner): Limit | undefined {
  const text = scan.take(number, 'a number');
  if (text === undefined) return undefined;
  const value = Number(text);
  if (scan.ended()) return { kind: 'absolute', value, text };
  if (!scan.expect('*', '"*" or the end of the rule')) return undefined;
  const to = scan.take(/(?:baseline|current)(?![A-Za-z0-9_])/y, '"baseline" or "current"');
  if (to === undefined || !scan.expectEnd()) return undefined;
  if (value <= 0) return scan.refuse(text, 'a factor above 0');
  return { kind: 'relative', factor: value, to: to as 'baseline' | 'current', text };
}
