import type { z } from 'zod';
import { BrokenError } from './errors.js';
import { readIfThere, writeAtomic, type WriteOptions } from './files.js';
import { firstProblem } from './schema-words.js';

/** Reads and checks one of our own files. undefined when there is none. @throws BrokenError naming file and place */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new BrokenError(`${path}: not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BrokenError(`${path}: ${firstProblem(parsed.error, value)}`);
}

/** Writes a JSON file whole. Answers false when `ifAbsent` is set and the file is there. */
export function writeJson(path: string, value: unknown, options: WriteOptions): Promise<boolean> {
  return writeAtomic(path, JSON.stringify(value, null, 2) + '\n', options);
}
