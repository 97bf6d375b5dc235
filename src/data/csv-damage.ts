import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../common/errors.js';

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
  const line = await lineOfRecord(path, Number(record));

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

const newline = 0x0a;
const quote = 0x22;

/** The line on which a record begins; both count from 1, and blank lines count as records. */
async function lineOfRecord(path: string, record: number): Promise<number> {
  let lines = 1;
  let records = 1;
  let quoted = false;
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const bytes: AsyncIterable<Buffer> = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  for await (const chunk of bytes) {
    for (const byte of chunk) {
      if (records === record) return lines;
      if (byte === quote) quoted = !quoted;
      if (byte !== newline) continue;
      lines += 1;
      if (!quoted) records += 1;
    }
  }
  return lines;
}
