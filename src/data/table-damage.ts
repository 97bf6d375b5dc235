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

/** A longer record is none: DuckDB reads none either, and a quote that is never closed would swallow the file. */
const mostCharacters = 2_000_000;

async function badRecord(path: string, separator: string): Promise<string | undefined> {
  const unclosed = (at: number) => `line ${at}: found a quote that is not closed, expected quotes around a whole value`;
  let expected: number | undefined;
  let line = 0;
  let begin = 1;
  let parts: string[] = [];
  let length = 0;
  let open = false;
  for await (const text of linesOf(path)) {
    line += 1;
    if (!open) [begin, parts, length] = [line, [], 0];
    parts.push(text);
    length += text.length;
    if ((text.match(/"/g) ?? []).length % 2 === 1) open = !open;
    if (open && length > mostCharacters) return unclosed(begin);
    if (open) continue;
    const record = parts.join('\n');
    if (record.trim() === '') continue;
    const columns = record.replace(/"(?:[^"]|"")*"/g, '').split(separator).length;
    expected ??= columns;
    if (columns !== expected) return `line ${begin}: found ${columns} columns, expected ${expected}`;
  }
  return open ? unclosed(begin) : undefined;
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
