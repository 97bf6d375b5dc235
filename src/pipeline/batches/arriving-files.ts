import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseS3Address } from '../../common/s3-address.js';
import { globOf, isGlob } from '../../data/sources/glob.js';
import { filesOfSource } from '../../data/sources/sources.js';
import { isTable } from '../../data/table-formats.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ProjectFile } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import type { GivenFile } from './given-batch.js';

/** Where new rows arrive, as the project says. */
export function batchesOf({ monitor }: Pick<ProjectFile, 'monitor'>): string | undefined {
  return typeof monitor.batches === 'object' ? monitor.batches.files : monitor.batches;
}

/** The files that lie where new rows arrive, sorted by name; each is fetched when its turn comes. */
export async function arrivingFiles(context: StageContext, where: string): Promise<(() => Promise<GivenFile>)[]> {
  const at = parseS3Address(where);
  if (at !== undefined) return objectsThere(context, at);
  const { folder, file } = context.project;
  const format = zips(file) && /zip/i.test(where) ? 'zip-of-csv' : 'table';
  const source = {
    files: where,
    format,
    optional: true,
    types: {},
    nulls: [],
    decimal: '.',
    encoding: 'utf-8',
  } as const;
  const options = { taken: [], signal: context.signal };
  const found = await filesOfSource(folder, 'batches', { ...source, nulls: [] }, options);
  return found.flatMap(({ at: place }) =>
    'path' in place ? [() => Promise.resolve({ source: undefined, path: place.path })] : [],
  );
}

const zips = ({ sources }: ProjectFile): boolean =>
  Object.values(sources).some(({ format }) => format === 'zip-of-csv');

/** Objects at an address: those that fit a pattern, the one of that key, or all below it. */
async function objectsThere(
  context: StageContext,
  { bucket, key }: { bucket: string; key: string },
): Promise<(() => Promise<GivenFile>)[]> {
  const { environment, project, report, signal } = context;
  if (environment.kind === 'local') {
    const told = `monitor.batches: s3://${bucket}/${key} lies in an AWS account, and ${environment.name} looks into none: no new rows are judged here`;
    report.message('warning', told);
    return [];
  }
  const prefix = isGlob(key) ? key.slice(0, key.search(/[*?]/)) : key;
  const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
  const pattern = globOf(key);
  const fits = (one: string) => (isGlob(key) ? pattern.test(one) : one === key || one.startsWith(folder));
  const isFile = (one: string) => isTable(one) || (zips(project.file) && /\.zip$/i.test(one));
  const keys: string[] = [];
  for await (const entry of everyItem((page) => environment.objects.list(prefix, { ...page, bucket, signal })))
    if (entry.kind === 'object' && fits(entry.key) && isFile(entry.key) && !basename(entry.key).startsWith('.'))
      keys.push(entry.key);
  return keys.sort().map((one, place) => async () => {
    const fetched = await environment.objects.file(one, { bucket, signal });
    return { source: undefined, path: await called(context, fetched, one, place), uri: `s3://${bucket}/${one}` };
  });
}

/** The same file under its own name: what was fetched is called by its content, which says nothing to people. */
async function called({ scratch }: StageContext, fetched: string, key: string, place: number): Promise<string> {
  const folder = join(scratch, 'arrived', String(place));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const path = join(folder, basename(key));
  // The cache may lie on another disk.
  await link(fetched, path).catch(() => copyFile(fetched, path));
  return path;
}
