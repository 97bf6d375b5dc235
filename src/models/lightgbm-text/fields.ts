import { type Lines, quoted } from './lines.js';

export interface Field {
  value: string;
  line: number;
}

/** `key=value` lines up to a blank line, another line that `ends`, or the end of the file. */
export function readFields(lines: Lines, ends: (line: string) => boolean): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (let line = lines.peek(); line !== undefined && !ends(line); line = lines.peek()) {
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    if (!/^[a-z_]+$/.test(key)) lines.fail(quoted(line), 'a line such as "name=value"');
    if (fields.has(key)) lines.fail(`a second "${key}"`, 'each name once');
    fields.set(key, { value: equals < 0 ? '' : line.slice(equals + 1), line: lines.at });
    lines.next();
  }
  return fields;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: NaN, '-nan': NaN };

/** `integer` and `word` are whole numbers of 32 bits, with and without a sign; `finite` refuses inf and nan. */
export type NumberKind = 'integer' | 'word' | 'finite' | 'any';

const WHOLE: Partial<Record<NumberKind, [number, number]>> = {
  integer: [-(2 ** 31), 2 ** 31 - 1],
  word: [0, 2 ** 32 - 1],
};

/** The numbers of a field, exactly `count` of them. */
export function numbersOf(lines: Lines, key: string, field: Field, count: number, kind: NumberKind): Float64Array {
  const tokens = field.value.split(' ').filter((token) => token !== '');
  if (tokens.length !== count)
    lines.fail(`${tokens.length} numbers in ${key}`, count === 1 ? 'one' : String(count), field.line);
  const values = new Float64Array(count);
  tokens.forEach((token, index) => (values[index] = numberOf(lines, key, token, field.line, kind)));
  return values;
}

function numberOf(lines: Lines, key: string, token: string, line: number, kind: NumberKind): number {
  if (kind === 'any' && token.toLowerCase() in INFINITE) return INFINITE[token.toLowerCase()]!;
  const value = NUMBER.test(token) ? Number(token) : NaN;
  const [least, most] = WHOLE[kind] ?? [-Infinity, Infinity];
  if (WHOLE[kind] && !(Number.isInteger(value) && value >= least && value <= most))
    lines.fail(`${quoted(token)} in ${key}`, `whole numbers from ${least} to ${most}`, line);
  if (!Number.isFinite(value)) lines.fail(`${quoted(token)} in ${key}`, 'numbers', line);
  return value;
}
