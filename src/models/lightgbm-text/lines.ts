import { InputError } from '../../common/errors.js';

/** A cursor over the lines of a model file, which knows the file's name and where it stands, for its complaints. */
export interface Lines {
  readonly count: number;
  /** Index of the line to be read next, from 0. */
  at: number;
  /** Number of characters before line `index`, counting one for each line end. */
  offset(index: number): number;
  peek(): string | undefined;
  next(): string;
  fail(found: string, expected: string, line?: number): never;
}

export function linesOf(text: string, name: string): Lines {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const offsets = new Float64Array(lines.length + 1);
  lines.forEach((line, index) => (offsets[index + 1] = offsets[index]! + line.length + 1));
  const fail = (found: string, expected: string, line = cursor.at): never => {
    throw new InputError(`${name}, line ${line + 1}: found ${found}, expected ${expected}`);
  };
  const cursor: Lines = {
    count: lines.length,
    at: 0,
    offset: (index) => offsets[index]!,
    peek: () => lines[cursor.at],
    next: () => lines[cursor.at++] ?? fail('the end of the file', 'more lines', lines.length - 1),
    fail,
  };
  return cursor;
}

/** A line's text as it may stand in a message. */
export function quoted(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 57)}…"` : `"${text}"`;
}
