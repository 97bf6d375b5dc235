import { basename, dirname } from 'node:path';
import { InputError } from '../../common/errors.js';
import { withSession } from '../../data/duckdb/session.js';
import type { Saying } from '../../data/files/saying.js';
import { parquetFiles } from '../../data/duckdb/sql.js';
import { readTable } from '../../data/tables.js';
import { groupName } from '../evaluating/parts.js';
import { curatedFiles, foldersOf } from '../features/views.js';
import { contentOf, readManifest } from '../ingest/manifest.js';
import type { StageContext } from '../stage.js';
import type { Column } from './column-kinds.js';
import { fittingSources, type Form, type GivenBatch } from './given-batch.js';

/**
 * What the files of a batch are, and the place of which source each takes. A file that has the columns of its source goes
 * through features.sql; one that lacks some and has all features is taken as it is.
 * @throws InputError for what could be two things, saying how to tell which
 */
export async function formOf(context: StageContext, given: GivenBatch): Promise<{ as: Form; sources: string[] }> {
  const sources = given.files.map(({ source, path }) => source ?? onlySource(context, path));
  const zipped = sources.some((name) => context.project.file.sources[name]!.format === 'zip-of-csv');
  if (given.as !== undefined || zipped || given.files.length > 1) return { as: given.as ?? 'table', sources };
  const { path } = given.files[0]!;
  const found = await columnsOf(context, path, { ...sourceReading(context, sources[0]!), ...given.reading });
  const has = (name: string) => found.has(name.toLowerCase());
  const ofSource = await sourceColumns(context, sources[0]!);
  const features = await featureColumns(context);
  const isFeatures = features.length > 0 && features.every(has);
  if (!isFeatures) return { as: 'table', sources };
  // What a feature group wrote says so by itself.
  if (has('record_id') && has('event_time')) return { as: 'features', sources };
  const lacks = ofSource.some(({ name }) => !has(name));
  const own = new Set(ofSource.map(({ name }) => name.toLowerCase()));
  const made = features.filter((name) => !own.has(name.toLowerCase()));
  if (context.project.file.sources[sources[0]!]!.sql !== undefined || (lacks && made.length > 0))
    return { as: 'features', sources };
  if (made.length === 0) return { as: 'table', sources };
  throw new InputError(
    `${basename(path)}: found the columns of source ${sources[0]} and those that features.sql makes (${made.slice(0, 3).join(', ')}), ` +
      `expected one of them; say which counts: --as table or --as features`,
  );
}

function onlySource({ project }: StageContext, path: string): string {
  const { sources } = project.file;
  const fits = fittingSources(sources, path);
  if (fits.length === 1) return fits[0]!;
  const names = Object.keys(sources);
  throw new InputError(
    `judge: found ${names.length} sources, expected the one whose place ${basename(path)} takes: ${names
      .map((name) => `--source ${name}=${basename(path)}`)
      .join(' or ')}`,
  );
}

function sourceReading({ project }: StageContext, source: string): Omit<Saying, 'types'> {
  const { nulls, decimal, encoding, sheet } = project.file.sources[source]!;
  return { nulls, decimal, encoding, sheet };
}

async function columnsOf(
  { scratch, signal }: StageContext,
  path: string,
  reading: Omit<Saying, 'types'>,
): Promise<Set<string>> {
  return withSession({ folders: [scratch, dirname(path)], signal }, async (session) => {
    const { select } = await readTable(session, [path], reading);
    return new Set((await session.describe(select)).map(({ name }) => name.toLowerCase()));
  });
}

/** The columns that a source's table has in this environment; none where it was never read here. */
export async function sourceColumns(context: StageContext, name: string): Promise<Column[]> {
  const { project, environment, scratch, signal } = context;
  const source = project.file.sources[name]!;
  const manifest = await readManifest(environment.objects, name, source, { signal });
  const files = await curatedFiles(context, { name, source, manifest, content: contentOf(manifest) });
  if (files.length === 0) return [];
  return withSession({ folders: [scratch, ...foldersOf(files)], signal }, (session) =>
    session.describe(`SELECT * FROM ${parquetFiles(files)}`),
  );
}

/** What names a record and what it is described by, as the feature groups have it; none where there are none yet. */
export async function featureColumns({ project, environment, signal }: StageContext): Promise<string[]> {
  const { entity, time } = project.file.features;
  const { target } = project.file.model;
  const group = await environment.features.describe(groupName(project.file.name, 'train'), { signal });
  if (group === undefined) return [];
  const own = ['record_id', 'event_time', target, entity, ...(time === undefined ? [] : [time])];
  const features = group.features.map(({ name }) => name).filter((name) => !own.includes(name));
  return [entity, ...(time === undefined ? [] : [time]), ...features];
}
