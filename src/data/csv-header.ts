import { open } from 'node:fs/promises';
import type { CsvDamage } from './csv-damage.js';

const most = 1 << 20;

/** The column names of a comma-separated file's first line, or what is wrong with that line. */
export async function readHeader(path: string): Promise<{ columns: string[] } | { damage: CsvDamage }> {
  const wrong = (found: string, expected: string) => ({ damage: { line: 1, found, expected } });
  const first = await firstLine(path);
  if (first === undefined) return wrong('an empty file', 'a line of column names');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(first);
  } catch {
    return wrong('bytes that are not UTF-8', 'UTF-8 text');
  }
  const columns = splitRecord(text.replace(/\r?\n?$/, ''));
  if (columns.includes('')) return wrong('a column without a name', 'a line of column names');
  const seen = new Set<string>();
  for (const column of columns) {
    const key = column.toLowerCase();
    if (seen.has(key)) return wrong(`column ${column} twice`, 'every column once');
    seen.add(key);
  }
  return { columns };
}

async function firstLine(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    const read = buffer.subarray(0, bytesRead);
    const end = read.indexOf(0x0a);
    return bytesRead === 0 ? undefined : read.subarray(0, end < 0 ? bytesRead : end);
  } finally {
    await file.close();
  }
}

function splitRecord(line: string): string[] {
  const values = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)(?=,|$)/g) ?? [];
  return values.map((value) => (value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value));
}
