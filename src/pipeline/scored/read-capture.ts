import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type * as z from 'zod';
import { InputError } from '../../common/errors.js';
import { firstProblem } from '../../common/schema-words.js';
import { filesOf } from '../../data/sources/glob.js';
import { captureRecordSchema, groundTruthRecordSchema } from '../../documents/capture/capture-record.js';
import { joinLabels, type Joined, type JoinOptions } from '../../documents/capture/label-join.js';

/**
 * Joins data capture with ground truth in files on this machine: a file, a pattern, or a folder with all below it.
 * @throws InputError naming the file and the line that is no record
 */
export async function readCapture(capture: string, groundTruth: string, options: JoinOptions): Promise<Joined> {
  const captures = await readLines(capture, captureRecordSchema, 'a data-capture record');
  const truths = await readLines(groundTruth, groundTruthRecordSchema, 'a ground-truth record');
  return joinLabels(captures, truths, options);
}

async function readLines<Schema extends z.ZodType>(
  place: string,
  schema: Schema,
  what: string,
): Promise<z.infer<Schema>[]> {
  const folder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const files = folder
    ? [...(await filesOf(join(place, '**/*.jsonl'), '.')), ...(await filesOf(join(place, '**/*.jsonl.gz'), '.'))]
    : await filesOf(place, process.cwd());
  if (files.length === 0) throw new InputError(`${place}: found no file, expected JSON lines, each ${what}`);
  const records: z.infer<Schema>[] = [];
  // Paths carry the hour of writing, so that their order is that of the records.
  for (const file of files.sort()) {
    const stream = createReadStream(file);
    const lines = createInterface({ input: file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream });
    let number = 0;
    for await (const line of lines) {
      number += 1;
      if (line.trim() !== '') records.push(recordOf(line, schema, `${file}, line ${number}`, what));
    }
  }
  return records;
}

function recordOf<Schema extends z.ZodType>(line: string, schema: Schema, at: string, what: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new InputError(`${at}: found no JSON, expected ${what}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(`${at}: ${firstProblem(parsed.error, json)}; a line is ${what}`);
}
