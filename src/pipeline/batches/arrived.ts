import { InputError, linesOfError } from '../../common/errors.js';
import { parseS3Address } from '../../common/s3-address.js';
import { globOf, isGlob } from '../../data/sources/glob.js';
import { filesOfSource } from '../../data/sources/sources.js';
import { isTable } from '../../data/tables.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ProjectFile } from '../../project/schema.js';
import type { StageContext, StageOutcome } from '../stage.js';
import { outcomeOf } from './batch-stage.js';
import { bringBatch, hashOfBatch } from './bring-batch.js';
import type { GivenBatch } from './given-batch.js';
import { acceptWhenLabelled } from './accept-batch.js';
import { judgeBatch, type JudgedBatch } from './judge-batch.js';
import { listBatches } from './stored-batches.js';

/** Where new rows arrive, as the project says. */
export function batchesOf({ monitor }: Pick<ProjectFile, 'monitor'>): string | undefined {
  return typeof monitor.batches === 'object' ? monitor.batches.files : monitor.batches;
}

/**
 * Judges the files that arrived since the last time, in the order of their names; those that were judged before are known
 * by their bytes. Undefined where there is none.
 * @throws InputError naming those that cannot be read, once the others are judged
 */
export async function judgeArrived(context: StageContext, modelVersion: string): Promise<StageOutcome | undefined> {
  const where = batchesOf(context.project.file);
  if (where === undefined) return undefined;
  const known = new Set((await listBatches(context.environment)).map(({ sha256 }) => sha256));
  const judged: JudgedBatch[] = [];
  const wrong: string[] = [];
  for (const path of await filesThere(context, where)) {
    context.signal.throwIfAborted();
    const given: GivenBatch = { files: [{ source: undefined, path }] };
    const hash = await hashOfBatch(given, context.signal);
    if (known.has(hash)) continue;
    known.add(hash);
    try {
      const batch = await bringBatch(context, given);
      judged.push(await judgeBatch(context, batch, modelVersion));
      await acceptWhenLabelled(context, batch.id);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      wrong.push(...linesOfError(error));
    }
  }
  const outcome = judged.length === 0 ? undefined : await outcomeOf(context, judged);
  if (wrong.length > 0) throw new InputError([`monitor.batches: what cannot be read is not judged:`, ...wrong]);
  return outcome;
}

/** Paths on this machine. */
async function filesThere(context: StageContext, where: string): Promise<string[]> {
  const at = parseS3Address(where);
  if (at !== undefined) return objectsThere(context, at);
  const { folder, file } = context.project;
  const zipped = Object.values(file.sources).some(({ format }) => format === 'zip-of-csv') && /zip/i.test(where);
  const source = { files: where, format: zipped ? 'zip-of-csv' : 'table', optional: true } as const;
  const options = { taken: [], signal: context.signal };
  const saying = { types: {}, nulls: [], decimal: '.', encoding: 'utf-8' } as const;
  const found = await filesOfSource(folder, 'batches', { ...source, ...saying, nulls: [] }, options);
  return found.flatMap(({ at: place }) => ('path' in place ? [place.path] : []));
}

async function objectsThere(
  { environment, signal }: StageContext,
  { bucket, key }: { bucket: string; key: string },
): Promise<string[]> {
  const prefix = isGlob(key) ? key.slice(0, key.search(/[*?]/)) : key;
  const fits = isGlob(key) ? globOf(key) : /^/;
  const keys: string[] = [];
  for await (const entry of everyItem((page) => environment.objects.list(prefix, { ...page, bucket, signal })))
    if (entry.kind === 'object' && fits.test(entry.key) && isTable(entry.key)) keys.push(entry.key);
  return Promise.all(keys.sort().map((one) => environment.objects.file(one, { bucket, signal })));
}
