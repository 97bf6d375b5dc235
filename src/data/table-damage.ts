import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** Lines of a file, of a `.gz` too. */
function linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  return createInterface({ input: /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file, crlfDelay: Infinity });
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
