import { basename, relative } from 'node:path';
import { InputError } from '../../common/errors.js';
import { sha256, sha256OfFile } from '../../common/hash.js';
import { emptyManifest } from '../../data/curated.js';
import type { Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import { ingestDays } from '../ingest/daily-source.js';
import { ingestTable } from '../ingest/table-source.js';
import type { StageContext } from '../stage.js';
import { featuresOfBatch } from './batch-features.js';
import { below } from './below.js';
import { formOf } from './form.js';
import type { GivenBatch } from './given-batch.js';
import { batchId, writeBatch } from './stored-batches.js';

/** One hash over the bytes of all files of a batch, and over what they stand for where they are several. */
export async function hashOfBatch({ files }: Pick<GivenBatch, 'files'>, signal?: AbortSignal): Promise<string> {
  const hashes: string[] = [];
  for (const { source, path } of files) hashes.push(`${source ?? ''} ${await sha256OfFile(path, { signal })}`);
  return hashes.length === 1 ? hashes[0]!.split(' ')[1]! : sha256(hashes.sort().join('\n'));
}

/** What a batch is called: by its files. */
export const nameOfBatch = ({ files }: Pick<GivenBatch, 'files'>): string =>
  files.map(({ path }) => basename(path)).join(' + ');

/**
 * Brings files into the bucket as sources are brought, below the batch's own prefix, and makes their features, one row a
 * record, in `rows.parquet`.
 * @throws InputError naming the columns that are missing, WrongInput naming file and line of what cannot be read
 */
export async function bringBatch(context: StageContext, given: GivenBatch): Promise<Batch> {
  const { project, writers, signal, now } = context;
  const hash = await hashOfBatch(given, signal);
  const name = nameOfBatch(given);
  const id = batchId(name, hash);
  const { as, sources } = await formOf(context, given);
  const files: Batch['files'] = [];
  const inside = below(context, keys.batchFiles(id));
  for (const [at, { path }] of given.files.entries()) {
    const source = sources[at]!;
    const identity = await sha256OfFile(path, { signal });
    const uri = relative(project.folder, path);
    files.push({ source, uri, sha256: identity });
    if (as === 'table') await ingested(inside, source, { name: basename(path), uri, at: { path }, identity });
  }
  const made = await featuresOfBatch(context, { id, as, files, paths: given.files.map(({ path }) => path) });
  await writers.objects.putFile(keys.batchRows(id), made.path, { signal });
  const { notes, rows, labelled, window, numbered } = made;
  const batch: Batch = {
    ...{ kind: 'batch', schemaVersion: 1, id, name, sha256: hash, files, as },
    ...{ addedAt: now.toISOString(), rows, labelled, window, numbered, score: given.score ?? null, notes },
    ...{ judged: [], labels: [], accepted: null },
  };
  await writeBatch(writers.objects, batch);
  return batch;
}

async function ingested(
  inside: StageContext,
  name: string,
  file: Parameters<typeof ingestTable>[3][number],
): Promise<void> {
  const source = inside.project.file.sources[name]!;
  if (source.format === 'table') {
    await ingestTable(inside, name, { ...source, optional: false }, [file], emptyManifest(name));
    return;
  }
  const { damage } = await ingestDays(inside, name, source, [file], emptyManifest(name));
  if (damage.length > 0) throw new InputError(damage);
}
