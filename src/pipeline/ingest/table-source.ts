import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CuratedManifest, CuratedPart } from '../../data/curated.js';
import { sha256, sha256OfFile } from '../../common/hash.js';
import { type Session, withSession } from '../../data/duckdb/session.js';
import type { SourceFile } from '../../data/sources/sources.js';
import { literal } from '../../data/duckdb/sql.js';
import { leftOutIndex } from '../../data/files/index-columns.js';
import { notesOf } from '../../data/files/column-notes.js';
import { readable, readTable } from '../../data/tables.js';
import { checkTypes } from '../../data/types.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { keys } from '../../documents/keys.js';
import type { RunFigures } from '../../documents/run.js';
import type { Source } from '../../project/schema.js';
import type { StageContext } from '../stage.js';
import { writeManifest } from './manifest.js';
import { bringRaw, keepOnly } from './raw.js';

export interface TableOutcome {
  changed: boolean;
  figures: RunFigures;
}

/** Files -> `raw/`, their rows (made into the table by the source's SQL unless they are it already) -> one Parquet file. */
export async function ingestTable(
  context: StageContext,
  name: string,
  source: Source,
  files: (SourceFile & { identity: string })[],
  manifest: CuratedManifest,
): Promise<TableOutcome> {
  const { environment, writers, scratch, signal } = context;
  const paths: string[] = [];
  for (const [i, file] of files.entries()) {
    const landed = 'landed' in file.at ? file.at.landed : undefined;
    const key = landed ?? keys.rawTable(name, file.name);
    if (landed === undefined) await bringRaw(context, manifest, file, file.identity, key);
    paths.push(await environment.objects.file(key, { signal }));
    context.report.progress('files', i + 1, files.length, `${name} ${file.name}`);
  }
  keepOnly(manifest, files);
  const sql = source.sql === undefined ? null : (context.project.sql[source.sql] ?? '');
  const content = files.map((file) => [file.name, manifest.raw[file.name]?.sha256 ?? file.identity]);
  const { types, nulls, decimal } = source;
  // What nobody said makes nothing anew.
  const more = source.encoding === 'utf-8' && source.sheet === undefined ? [] : [source.encoding, source.sheet ?? null];
  const made = sha256(JSON.stringify([content, types, nulls, decimal, source.ready ?? null, sql, ...more]));
  const key = keys.curatedTable(name);
  const known = manifest.parts.table;
  const there = known?.made === made ? await environment.objects.head(key, { signal }) : undefined;
  if (known && there?.size === known.size) return { changed: false, figures: {} };

  const parquet = join(scratch, `${name}.parquet`);
  await rm(parquet, { force: true });
  const folders = [scratch, ...new Set(paths.map((path) => dirname(path)))];
  const { rows, figures } = await withSession({ folders, signal }, async (session) => {
    await checkTypes(session, name, source.types);
    const { relation, figures } = await tableOf(context, session, name, source, paths);
    const copy = `COPY (${relation}) TO ${literal(parquet)} (FORMAT parquet, COMPRESSION snappy)`;
    const [copied] = await readable(paths, () => session.rows(copy), context.project.file.private);
    return { rows: Number(copied?.Count), figures };
  });
  const part: CuratedPart = {
    key,
    made,
    from: files.map((file) => file.name).join(', '),
    rows,
    size: (await stat(parquet)).size,
    sha256: await sha256OfFile(parquet, { signal }),
  };
  await writers.objects.putFile(key, parquet, { signal });
  manifest.parts = { table: part };
  await writeManifest(writers.objects, source, manifest, { signal });
  return { changed: true, figures };
}

/** The SELECT whose rows are the table. */
async function tableOf(
  context: StageContext,
  session: Session,
  name: string,
  source: Source,
  paths: string[],
): Promise<{ relation: string; figures: RunFigures }> {
  const hidden = context.project.file.private;
  const table = await readTable(session, paths, { ...source, hidden });
  const raw = table.select;
  for (const note of [...table.indexes.map(leftOutIndex), ...(await notesOf(session, table, { ...source, hidden }))])
    context.report.message('warning', `source ${name}: ${note}`);
  if (source.sql === undefined) return { relation: raw, figures: {} };
  const columns = new Set((await session.describe(raw)).map((column) => column.name));
  if (source.ready?.every((column) => columns.has(column))) {
    context.report.message('info', `source ${name}: a ready table, taken as it is`);
    return { relation: raw, figures: {} };
  }
  await session.run(`CREATE VIEW raw AS ${raw}`);
  const sql = context.project.sql[source.sql] ?? '';
  const figures = await readable(
    paths,
    () => runUserSql(session, source.sql!, sql, 'made_table', { quiet: hidden.length > 0 }),
    hidden,
  );
  return { relation: 'SELECT * FROM made_table', figures };
}
