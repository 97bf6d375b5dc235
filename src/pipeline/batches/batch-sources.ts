import { InputError } from '../../common/errors.js';
import { viewOf, type Session } from '../../data/duckdb/session.js';
import { identifier, parquetFiles } from '../../data/duckdb/sql.js';
import type { Batch } from '../../documents/batch.js';
import { keys } from '../../documents/keys.js';
import { createView, curatedFiles, foldersOf, type Curated } from '../features/views.js';
import { contentOf, readManifest } from '../ingest/manifest.js';
import type { StageContext } from '../stage.js';
import { below } from './below.js';
import { fittedTo, type Column } from './column-kinds.js';
import { sourceColumns } from './form.js';
import type { Views } from './needed-columns.js';

export interface BatchSource {
  curated: Curated;
  files: string[];
  /** In place of the source's own files: the relation, and the columns that the source has. */
  replaced?: { expected: Column[] };
}

export interface BatchSources {
  sources: BatchSource[];
  /** Where a session has to look. */
  folders: string[];
  /** Makes the views, each of the first `limit` rows where one is given; `instead`: of these rows in place of the batch's. */
  views: (limit?: number, instead?: string) => Views;
  /** The columns of the sources whose place the batch takes. */
  expected: { source: string; columns: Column[] }[];
}

/** The sources of a project as a batch has them: its own files in the place of some, the others as they are. */
export async function batchSources(context: StageContext, batch: Pick<Batch, 'id' | 'files'>): Promise<BatchSources> {
  const sources = await sourcesOf(
    context,
    batch.id,
    batch.files.map(({ source }) => source),
  );
  return {
    sources,
    folders: [context.scratch, ...foldersOf(sources.flatMap((source) => source.files))],
    views: (limit, instead) => async (session, add) => {
      for (const source of sources) await viewOfSource(session, source, add, { limit, instead });
    },
    expected: sources.flatMap(({ curated, replaced }) =>
      replaced === undefined ? [] : [{ source: curated.name, columns: replaced.expected }],
    ),
  };
}

async function sourcesOf(context: StageContext, id: string, replaced: readonly string[]): Promise<BatchSource[]> {
  const { project, signal } = context;
  const inside = below(context, keys.batchFiles(id));
  const found: BatchSource[] = [];
  for (const [name, source] of Object.entries(project.file.sources)) {
    const isReplaced = replaced.includes(name);
    const place = isReplaced ? inside : context;
    const manifest = await readManifest(place.environment.objects, name, source, { signal });
    const curated = { name, source, manifest, content: contentOf(manifest) };
    if (Object.keys(manifest.parts).length === 0 && !source.optional)
      throw new InputError(`source ${name}: found no table under curated/, expected one: run ingest first`);
    const files = await curatedFiles(place, curated);
    found.push({
      curated,
      files,
      ...(isReplaced ? { replaced: { expected: await sourceColumns(context, name) } } : {}),
    });
  }
  return found;
}

async function viewOfSource(
  session: Session,
  { curated, files, replaced }: BatchSource,
  add: readonly { name: string; sql: string }[],
  { limit, instead }: { limit: number | undefined; instead: string | undefined },
): Promise<void> {
  if (replaced === undefined) return createView(session, curated, files);
  const { select } = await fittedTo(session, instead ?? parquetFiles(files), replaced.expected);
  const ours = add.filter(({ name }) => replaced.expected.some((column) => column.name === name));
  const more = ours.map(({ name, sql }) => `${sql} AS ${identifier(name)}`);
  const there = (await session.describe(select)).filter(({ name }) => ours.some((one) => one.name === name));
  const others = there.length === 0 ? '*' : `* EXCLUDE (${there.map(({ name }) => identifier(name)).join(', ')})`;
  const some = limit === undefined ? '' : ` LIMIT ${limit}`;
  return viewOf(session, curated.name, `(SELECT ${[others, ...more].join(', ')} FROM (${select})${some})`);
}
