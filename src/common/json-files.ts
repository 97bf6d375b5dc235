import type * as z from 'zod';
import { DamagedFile } from './errors.js';
import { codeOf, readIfThere, writeAtomic, type WriteOptions } from './files.js';
import { firstProblem } from './schema-words.js';

/**
 * Reads and checks one of our own files. undefined when there is none.
 * @param helps what makes it anew, with the command
 * @throws DamagedFile naming file, place and what helps
 */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  helps: string,
): Promise<z.infer<Schema> | undefined> {
  const bytes = await readIfThere(path).catch((error: unknown) => {
    const isFolder = error instanceof Error && codeOf(error.cause) === 'EISDIR';
    throw isFolder ? new DamagedFile(path, 'found a folder, expected a file', helps, { cause: error }) : error;
  });
  if (bytes === undefined) return undefined;
  return checkedJson(bytes, schema, path, helps);
}

/** The bytes of a stored document, read and checked. `file` is its path or key. @throws DamagedFile */
export function checkedJson<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  file: string,
  helps: string,
): z.infer<Schema> {
  const value = parsedJson(bytes, file, helps);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DamagedFile(file, firstProblem(parsed.error, value), helps);
}

/** The bytes of a stored document, read. @throws DamagedFile */
export function parsedJson(bytes: Uint8Array, file: string, helps: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new DamagedFile(file, 'not JSON', helps, { cause: error });
  }
}

/** Writes a JSON file whole. Answers false when `ifAbsent` is set and the file is there. */
export function writeJson(path: string, value: unknown, options: WriteOptions): Promise<boolean> {
  return writeAtomic(path, JSON.stringify(value, null, 2) + '\n', options);
}
