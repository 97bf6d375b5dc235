import { messageOf } from '../common/errors.js';
import { lineOfRecord } from './csv-lines.js';

/** What is wrong in a CSV file: the line a person finds it on, what stands there and what should. */
export interface CsvDamage {
  line: number | undefined;
  found: string;
  expected: string;
}

/** `line 57: found 84 columns, expected 85` */
export const damageText = ({ line, found, expected }: CsvDamage): string =>
  `${line === undefined ? '' : `line ${line}: `}found ${found}, expected ${expected}`;

/**
 * Reads DuckDB's words about a bad row of a CSV file; undefined when the error is about something else. The line is
 * the file's own, also behind values with line breaks in them, which DuckDB counts as one.
 */
export async function csvDamageOf(error: unknown, path: string): Promise<CsvDamage | undefined> {
  const message = messageOf(error);
  const record = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (record === undefined) return undefined;
  const line = await lineOfRecord(path, Number(record), 'counts');

  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (columns) return { line, found: `${columns[2]} columns`, expected: columns[1]! };

  const cast = /Error when converting column "(.*?)"\. Could not convert string "([\s\S]*?)" to '(.*?)'/.exec(message);
  if (cast) {
    return { line, found: `"${short(cast[2]!)}" in column ${cast[1]}`, expected: cast[3]!.toLowerCase() };
  }
  if (/unicode|utf-?8/i.test(message)) return { line, found: 'bytes that are not UTF-8', expected: 'UTF-8 text' };
  if (/quote/i.test(message)) {
    return { line, found: 'a quote that is not closed properly', expected: 'quotes around a whole value' };
  }
  return { line, found: short(message.split('\n')[2] ?? message), expected: 'a row of comma-separated values' };
}

function short(value: string): string {
  const [first = ''] = value.split('\n');
  return first.length > 60 || first !== value ? `${first.slice(0, 60)}…` : first;
}
