import { dirname } from 'node:path';
import { DamagedFile, InputError } from '../../common/errors.js';
import { curatedManifestKey, type CuratedManifest } from '../../data/curated.js';
import { helpFor } from '../../documents/errors/mending.js';
import { type Session, viewOf } from '../../data/duckdb/session.js';
import { identifier, parquetFiles } from '../../data/duckdb/sql.js';
import { typeOf } from '../../data/types.js';
import type { Source } from '../../project/schema.js';
import { contentOf, readManifest } from '../ingest/manifest.js';
import type { StageContext } from '../stage.js';

/** A source as features see it: its Parquet files on this machine and what they hold. */
export interface Curated {
  name: string;
  source: Source;
  content: string;
  manifest: CuratedManifest;
}

/** The curated tables of all sources; InputError for one that is not optional and has no table yet. */
export async function curatedSources({ project, environment, signal }: StageContext): Promise<Curated[]> {
  const curated: Curated[] = [];
  for (const [name, source] of Object.entries(project.file.sources)) {
    const manifest = await readManifest(environment.objects, name, source, { signal });
    if (Object.keys(manifest.parts).length === 0 && !source.optional) {
      const key = curatedManifestKey(name, source.format);
      const isDamaged = (await environment.objects.head(key)) !== undefined;
      if (isDamaged) throw new DamagedFile(key, `found no table of source ${name}, expected one`, helpFor(key));
      throw new InputError(`source ${name}: found no table under curated/, expected one: run ingest first`);
    }
    curated.push({ name, source, manifest, content: contentOf(manifest) });
  }
  return curated;
}

/** Paths on this machine of a source's Parquet files. */
export const curatedFiles = ({ environment, signal }: StageContext, { manifest }: Curated): Promise<string[]> =>
  Promise.all(Object.values(manifest.parts).map(({ key }) => environment.objects.file(key, { signal })));

export const foldersOf = (files: string[]): string[] => [...new Set(files.map((file) => dirname(file)))];

/**
 * Makes a source a view of its name. Columns that `types` names one by one are always there, empty where no file has
 * them; an optional source without files is an empty table of its `ready` columns.
 */
export async function createView(session: Session, { name, source }: Curated, files: string[]): Promise<void> {
  const typed = (columns: string[]) =>
    columns.map((column) => `CAST(NULL AS ${typeOf(column, source.types)}) AS ${identifier(column)}`).join(', ');
  if (files.length === 0) {
    const columns = source.ready ?? [];
    if (columns.length > 0) await viewOf(session, name, `(SELECT ${typed(columns)} LIMIT 0)`);
    return;
  }
  const relation = parquetFiles(files);
  const there = (await session.describe(`SELECT * FROM ${relation}`)).map((column) => column.name.toLowerCase());
  const absent = Object.keys(source.types).filter(
    (column) => !column.includes('*') && !there.includes(column.toLowerCase()),
  );
  await viewOf(session, name, absent.length === 0 ? relation : `(SELECT *, ${typed(absent)} FROM ${relation})`);
}
