import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { batchSchema, type Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ObjectWriter } from '../../platform/ports/objects.js';
import { collect } from '../../platform/ports/pages.js';
import { readDocument, writeDocument } from '../store.js';

type Place = Pick<Environment, 'objects'>;

/** `march-2026-3fa1c2`: by its name and its bytes, so that the same file has the same id wherever it is judged. */
export function batchId(name: string, sha256: string): string {
  const stem = name
    .replace(/(\.(csv|tsv|parquet|jsonl?|ndjson|zip))?(\.gz)?$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${stem === '' ? 'batch' : stem}-${sha256.slice(0, 6)}`;
}

/** All batches that were brought here, in the order of their rows' times, else of their coming. */
export async function listBatches({ objects }: Place): Promise<Batch[]> {
  const entries = await collect((page) => objects.list(keys.batches, { ...page, folders: true }));
  const found: Batch[] = [];
  for (const { kind, key } of entries) {
    const batch =
      kind === 'folder'
        ? await readDocument(objects, keys.batch(key.slice(keys.batches.length, -1)), batchSchema)
        : undefined;
    if (batch !== undefined) found.push(batch);
  }
  const order = ({ window, addedAt }: Batch) => window.to ?? addedAt;
  return found.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : a.addedAt < b.addedAt ? -1 : 1));
}

/** The batch of an id. @throws InputError naming those that there are */
export async function mustHaveBatch(place: Place, id: string): Promise<Batch> {
  const batch = await readDocument(place.objects, keys.batch(id), batchSchema);
  if (batch !== undefined) return batch;
  const ids = (await listBatches(place)).map((one) => one.id);
  if (ids.length === 0) throw new InputError(`batches: found no batch; judge one with: mlops judge FILE`);
  throw new InputError(`batches: found no batch "${id}", expected ${oneOf(id, ids)}`);
}

export const writeBatch = (objects: ObjectWriter, batch: Batch): Promise<void> =>
  writeDocument(objects, keys.batch(batch.id), batch);
