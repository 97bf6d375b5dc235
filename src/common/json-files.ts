import type { z } from 'zod';
import { BrokenError } from './errors.js';
import { codeOf, readIfThere, writeAtomic, type WriteOptions } from './files.js';
import { firstProblem } from './schema-words.js';

/** One of our own files is there and cannot be read: it is no JSON, or not what it should say. */
export class DamagedFile extends BrokenError {}

/** Reads and checks one of our own files. undefined when there is none. @throws DamagedFile naming file and place */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  const bytes = await readIfThere(path).catch((error: unknown) => {
    const isFolder = error instanceof Error && codeOf(error.cause) === 'EISDIR';
    throw isFolder ? new DamagedFile(`${path}: found a folder, expected a file`, { cause: error }) : error;
  });
  if (bytes === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new DamagedFile(`${path}: not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DamagedFile(`${path}: ${firstProblem(parsed.error, value)}`);
}

/** Writes a JSON file whole. Answers false when `ifAbsent` is set and the file is there. */
export function writeJson(path: string, value: unknown, options: WriteOptions): Promise<boolean> {
  return writeAtomic(path, JSON.stringify(value, null, 2) + '\n', options);
}
