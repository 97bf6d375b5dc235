import { pipeline } from 'node:stream';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { CsvDamage } from './csv-damage.js';

const most = 1 << 20;

export type Header = { columns: string[]; separator: string } | { damage: CsvDamage };

/**
 * The column names of a delimited file's first line (of a `.gz` too), or what is wrong with that line. It is separated
 * by the first of `separators` that stands in it. Names may be empty: pandas writes its index so.
 */
export async function readHeader(path: string, separators: readonly string[]): Promise<Header> {
  const wrong = (found: string, expected: string) => ({ damage: { line: 1, found, expected } });
  const first = await firstLine(path);
  if (first === undefined) return wrong('an empty file', 'a line of column names');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(first).replace(/\r?\n?$/, '');
  } catch {
    return wrong('bytes that are not UTF-8', 'UTF-8 text');
  }
  const bare = text.replace(/"(?:[^"]|"")*"/g, '');
  const separator = separators.find((one) => bare.includes(one)) ?? separators[0]!;
  const columns = splitRecord(text, separator);
  const seen = new Set<string>();
  for (const column of columns) {
    const key = column.toLowerCase();
    if (key !== '' && seen.has(key)) return wrong(`column ${column} twice`, 'every column once');
    seen.add(key);
  }
  return { columns, separator };
}

/** undefined: the file is empty. Throws what reading throws, zlib's error for a damaged `.gz` among them. */
async function firstLine(path: string): Promise<Uint8Array | undefined> {
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  const stream = path.toLowerCase().endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  let read = Buffer.alloc(0);
  for await (const chunk of stream) {
    read = Buffer.concat([read, chunk as Buffer]);
    const end = read.indexOf(0x0a);
    if (end >= 0) return read.subarray(0, end);
    if (read.length > most) break;
  }
  return read.length === 0 ? undefined : read;
}

function splitRecord(line: string, separator: string): string[] {
  const between = separator.replace(/[|\\]/g, '\\$&');
  const value = new RegExp(`(?<=^|${between})(?:"(?:[^"]|"")*"|[^${between}]*)(?=${between}|$)`, 'g');
  return (line.match(value) ?? []).map((text) =>
    text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text,
  );
}
