import { messageOf } from '../common/errors.js';
import { recordLine } from './files/scan.js';
import type { Layout } from './files/layout.js';
import { toldValue } from './files/told-value.js';

/** What is wrong in a CSV file: the line a person finds it on, what stands there and what should. */
export interface CsvDamage {
  line?: number;
  column?: string;
  found: string;
  expected: string;
}

/** `line 57: found 84 columns, expected 85` */
export const damageText = ({ line, column, found, expected }: CsvDamage): string =>
  `${line === undefined ? '' : `line ${line}: `}found ${found}${column === undefined ? '' : ` in column ${column}`}, expected ${expected}`;

/**
 * Reads DuckDB's words about a value that is not of its column's type; undefined when the error is about something
 * else. The line is the file's own, also behind values with line breaks in them, which DuckDB counts as one.
 * @param hidden columns whose values are not told
 */
export async function castDamageOf(
  error: unknown,
  { path, layout }: { path: string; layout: Layout },
  hidden: readonly string[] = [],
): Promise<CsvDamage | undefined> {
  const message = messageOf(error);
  const record = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const cast = /Error when converting column "(.*?)"\. Could not convert string "([\s\S]*?)" to '(.*?)'/.exec(message);
  if (record === undefined || cast === null) return undefined;
  const line = await recordLine(path, layout, Number(record));
  return {
    line,
    column: cast[1]!,
    found: toldValue(cast[1]!, short(cast[2]!), hidden),
    expected: cast[3]!.toLowerCase(),
  };
}

function short(value: string): string {
  const [first = ''] = value.split('\n');
  return first.length > 60 || first !== value ? `${first.slice(0, 60)}…` : first;
}
