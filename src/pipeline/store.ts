import type * as z from 'zod';
import { DamagedFile } from '../common/errors.js';
import { sha256 } from '../common/hash.js';
import { checkedJson, parsedJson } from '../common/json-files.js';
import { keys } from '../documents/keys.js';
import { helpFor } from '../documents/errors/mending.js';
import { stageStateSchema, type StageName, type StageState } from '../documents/run.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { ObjectReader, ObjectWriter, PutOptions } from '../platform/ports/objects.js';

/** Reads and checks a document; undefined when there is none. @throws DamagedFile naming its key and what helps */
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
  return { document: checkedJson(bytes, schema, key, helpFor(key)), sha256: sha256(bytes) };
}

/** A document's JSON, unchecked. @throws DamagedFile */
export const parseJson = (bytes: Uint8Array, key: string): unknown => parsedJson(bytes, key, helpFor(key));

/** A stage's state. One that cannot be read is none: the stage runs again and writes another. */
export function readStageState(objects: ObjectReader, name: StageName): Promise<StageState | undefined> {
  return readDocument(objects, keys.stageState(name), stageStateSchema).catch((error: unknown) => {
    if (error instanceof DamagedFile) return undefined;
    throw error;
  });
}

export function writeDocument(
  objects: ObjectWriter,
  key: string,
  document: object,
  options: PutOptions = {},
): Promise<void> {
  return objects.put(key, JSON.stringify(document, null, 2) + '\n', options);
}
