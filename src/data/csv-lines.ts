import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/**
 * The line on which a record of a delimited file (of a `.gz` too) begins; both count from 1, the header is record 1.
 * Quoted values may hold line breaks. `blank`: whether an empty line is a record, as in DuckDB's words about an error
 * and in a file of one column, or is passed over, as in the rows of any other file.
 */
export async function lineOfRecord(path: string, record: number, blank: 'counts' | 'passed over'): Promise<number> {
  let [line, begin, records] = [1, 1, 0];
  let [quoted, empty] = [false, true];
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const bytes: AsyncIterable<Buffer> = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  for await (const chunk of bytes) {
    for (const byte of chunk) {
      if (byte === quote) quoted = !quoted;
      if (byte !== newline) {
        if (byte !== carriageReturn) empty = false;
        continue;
      }
      line += 1;
      if (quoted) continue;
      if (!empty || blank === 'counts') records += 1;
      if (records === record) return begin;
      [begin, empty] = [line, true];
    }
  }
  return begin;
}

/** The line of a row below the header; both count from 1. */
export const lineOfRow = (path: string, row: number, columns: number): Promise<number> =>
  lineOfRecord(path, row + 1, columns === 1 ? 'counts' : 'passed over');
