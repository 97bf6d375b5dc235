import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { separatorOf } from './delimited.js';

/** Lines of a file, of a `.gz` too. */
function linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  return createInterface({ input: /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file, crlfDelay: Infinity });
}

/**
 * The first record of these delimited files that has other columns than its header, or a quote that nothing closes:
 * asked when a reader gave up on a file without saying where.
 */
export async function firstBadRecord(files: readonly string[]): Promise<string | undefined> {
  for (const path of files) {
    const wrong = await badRecord(path, await separatorOf(path, /\.tsv(\.gz)?$/i.test(path) ? 'tsv' : 'csv'));
    if (wrong !== undefined) return `${basename(path)}, ${wrong}`;
  }
  return undefined;
}

async function badRecord(path: string, separator: string): Promise<string | undefined> {
  let expected: number | undefined;
  let line = 0;
  let record = '';
  let begin = 1;
  for await (const text of linesOf(path)) {
    line += 1;
    if (record === '') begin = line;
    record = record === '' ? text : `${record}\n${text}`;
    if (record.trim() === '') continue;
    if ((record.match(/"/g) ?? []).length % 2 === 1) continue;
    const columns = record.replace(/"(?:[^"]|"")*"/g, '').split(separator).length;
    expected ??= columns;
    if (columns !== expected) return `line ${begin}: found ${columns} columns, expected ${expected}`;
    record = '';
  }
  if (record.trim() === '') return undefined;
  return `line ${begin}: found a quote that is not closed, expected quotes around a whole value`;
}

/** Where JSON is broken: of JSON lines the line itself, counted as an editor does. */
export async function jsonDamage(path: string, message: string): Promise<string> {
  const expected = 'one JSON object a line';
  if (!/\.(jsonl|ndjson)(\.gz)?$/i.test(path)) {
    const what = /: ([^:]+?)\.?\s*$/.exec(message.split('\n')[0]!)?.[1];
    return `${basename(path)}: found ${what ?? 'text'} that is no JSON, expected a list of objects`;
  }
  let line = 0;
  for await (const text of linesOf(path)) {
    line += 1;
    if (text.trim() === '') continue;
    try {
      JSON.parse(text);
    } catch {
      return `${basename(path)}, line ${line}: found "${text.slice(0, 60)}", expected ${expected}`;
    }
  }
  return `${basename(path)}: ${message.split('\n')[0]}`;
}
