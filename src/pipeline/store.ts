import type { z } from 'zod';
import { BrokenError } from '../common/errors.js';
import { sha256 } from '../common/hash.js';
import { firstProblem } from '../common/schema-words.js';
import type { CallOptions, ObjectReader, ObjectWriter, PutOptions } from '../platform/ports.js';

/** A document is there and cannot be read: its text is no JSON, or not what its kind says. */
export class DamagedDocument extends BrokenError {}

/** Reads and checks a document; undefined when there is none. A damaged one is an error that names its key. */
export async function readDocument<Schema extends z.ZodType>(
  objects: ObjectReader,
  key: string,
  schema: Schema,
  options: CallOptions = {},
): Promise<z.infer<Schema> | undefined> {
  return (await readVersion(objects, key, schema, options))?.document;
}

/** As `readDocument`, with the SHA-256 of its bytes: replacing exactly this state asks for it. */
export async function readVersion<Schema extends z.ZodType>(
  objects: ObjectReader,
  key: string,
  schema: Schema,
  options: CallOptions = {},
): Promise<{ document: z.infer<Schema>; sha256: string } | undefined> {
  const bytes = await objects.read(key, options);
  if (bytes === undefined) return undefined;
  const json = parseJson(Buffer.from(bytes).toString('utf8'), key);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { document: parsed.data, sha256: sha256(bytes) };
  throw new DamagedDocument(`${key}: ${firstProblem(parsed.error, json)}`);
}

export function parseJson(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedDocument(`${key}: not JSON`, { cause: error });
  }
}

export function writeDocument(
  objects: ObjectWriter,
  key: string,
  document: object,
  options: PutOptions = {},
): Promise<void> {
  return objects.put(key, JSON.stringify(document, null, 2) + '\n', options);
}
