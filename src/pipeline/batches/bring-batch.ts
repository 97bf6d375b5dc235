import { basename, dirname, relative } from 'node:path';
import { InputError } from '../../common/errors.js';
import { sha256, sha256OfFile } from '../../common/hash.js';
import { emptyManifest } from '../../data/curated.js';
import { withSession } from '../../data/duckdb/session.js';
import { identifier, literal, parquetFiles } from '../../data/duckdb/sql.js';
import { batchSchema, type Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import { labelSql } from '../features/label-sql.js';
import { ingestDays } from '../ingest/daily-source.js';
import { ingestTable } from '../ingest/table-source.js';
import type { Source } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import { readDocument } from '../store.js';
import { featuresOfBatch } from './batch-features.js';
import { below } from './below.js';
import { formOf } from './form.js';
import type { GivenBatch } from './given-batch.js';
import { batchId, writeBatch } from './stored-batches.js';

/** One hash over the bytes of all files of a batch, and over what they stand for where they are several. */
export async function hashOfBatch(
  { files, reading = {} }: Pick<GivenBatch, 'files' | 'reading'>,
  signal?: AbortSignal,
): Promise<string> {
  const hashes: string[] = [];
  for (const { source, path } of files) hashes.push(`${source ?? ''} ${await sha256OfFile(path, { signal })}`);
  // Another sheet of a workbook is another batch.
  if (Object.keys(reading).length > 0) hashes.push(JSON.stringify(Object.entries(reading).sort()));
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
  for (const [at, { path, uri: from }] of given.files.entries()) {
    const source = sources[at]!;
    const identity = await sha256OfFile(path, { signal });
    const uri = from ?? relative(project.folder, path);
    files.push({ source, uri, sha256: identity });
    if (as === 'table')
      await ingested(inside, source, given.reading, { name: basename(path), uri, at: { path }, identity });
  }
  const before = await readDocument(context.environment.objects, keys.batch(id), batchSchema);
  const made = await featuresOfBatch(context, {
    id,
    as,
    files,
    paths: given.files.map(({ path }) => path),
    reading: given.reading,
  });
  if (before !== undefined && before.labels.length > 0) made.labelled += await keepLabels(context, made.path, id);
  await writers.objects.putFile(keys.batchRows(id), made.path, { signal });
  const { notes, rows, labelled, window, numbered } = made;
  const batch: Batch = {
    ...{ kind: 'batch', schemaVersion: 1, id, name, sha256: hash, files, as },
    ...{ addedAt: now.toISOString(), rows, labelled, window, numbered, notes },
    ...((given.arrived ?? before?.arrived) && { arrived: true as const }),
    ...(given.captured && { captured: given.captured }),
    ...{ judged: before?.judged ?? [], labels: before?.labels ?? [], accepted: before?.accepted ?? null },
  };
  await writeBatch(writers.objects, batch);
  return batch;
}

/** Labels that came later stay with rows that are made again. @returns how many */
async function keepLabels(
  { environment, project, scratch, signal }: StageContext,
  path: string,
  id: string,
): Promise<number> {
  const target = identifier(project.file.model.target);
  const old = await environment.objects.file(keys.batchRows(id), { signal });
  return withSession({ folders: [scratch, dirname(old)], signal }, async (session) => {
    const label = async (file: string) =>
      labelSql(project.file, await session.describe(`SELECT * FROM ${parquetFiles([file])}`));
    const [own, before] = [await label(path), await label(old)];
    await session.run(
      `CREATE TABLE made AS SELECT * REPLACE (${own} AS ${target}) FROM ${parquetFiles([path])};
       CREATE TABLE known AS SELECT record_id, ${before} AS label FROM ${parquetFiles([old])} WHERE ${before} IS NOT NULL`,
    );
    const [kept] = await session.rows(
      `SELECT count(*)::DOUBLE AS n FROM made JOIN known USING (record_id) WHERE made.${target} IS NULL`,
    );
    await session.run(
      `COPY (SELECT made.* REPLACE (coalesce(made.${target}, known.label) AS ${target})
        FROM made LEFT JOIN known USING (record_id) ORDER BY record_id) TO ${literal(path)} (FORMAT parquet)`,
    );
    return Number(kept?.n ?? 0);
  });
}

async function ingested(
  inside: StageContext,
  name: string,
  reading: GivenBatch['reading'],
  file: Parameters<typeof ingestTable>[3][number],
): Promise<void> {
  const source = { ...inside.project.file.sources[name]!, ...reading } as Source;
  if (source.format === 'table') {
    await ingestTable(inside, name, { ...source, optional: false }, [file], emptyManifest(name));
    return;
  }
  const { damage } = await ingestDays(inside, name, source, [file], emptyManifest(name));
  if (damage.length > 0) throw new InputError(damage);
}
