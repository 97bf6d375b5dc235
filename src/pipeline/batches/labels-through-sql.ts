import { dirname } from 'node:path';
import { InputError } from '../../common/errors.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { readTable, type TableOptions } from '../../data/tables.js';
import type { Batch } from '../../documents/batch.js';
import { labelSql } from '../features/label-sql.js';
import { hidePrivate } from '../features/privacy.js';
import { featureRows } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { batchSources, type BatchSources } from './batch-sources.js';
import { isNumbered } from './is-numbered.js';
import type { LabelFile } from './match-labels.js';

interface Question {
  path: string;
  options: TableOptions;
  batches: readonly Batch[];
  /** Of pseudonyms, where the project has private columns. */
  key: string | undefined;
}

/**
 * Labels whose columns are called as in the source, where features.sql calls entity, time or target otherwise: the file
 * goes through it in the place of the source, its other columns empty.
 * @returns undefined where it cannot: its columns are no source's, or a row does not come out as one row with a name
 */
export async function labelsThroughSql(
  context: StageContext,
  { path, options, batches, key }: Question,
): Promise<Pick<LabelFile, 'by' | 'rows'> | undefined> {
  const { project, signal } = context;
  const batch = batches.findLast(({ as, files }) => as === 'table' && files.length === 1);
  if (batch === undefined || project.file.features.command !== undefined) return undefined;
  const { folders, views, expected } = await batchSources(context, batch);
  const [source] = expected;
  const named = [project.file.features.entity, project.file.features.time, project.file.model.target];
  return withSession({ folders: [...folders, dirname(path)], signal }, async (session) => {
    const { select } = await readTable(session, [path], options);
    const there = new Set((await session.describe(select)).map(({ name }) => name.toLowerCase()));
    const has = (name: string) => there.has(name.toLowerCase());
    const own = new Set(source?.columns.map(({ name }) => name.toLowerCase()));
    const isMade = (name: string) => has(name) || !own.has(name.toLowerCase());
    if (source === undefined || !named.every((name) => name === undefined || isMade(name))) return undefined;
    await session.run(`CREATE TABLE given_labels AS ${select}`);
    const add = source.columns
      .filter(({ name }) => !has(name))
      .map(({ name, type }) => ({ name, sql: `CAST(NULL AS ${type})` }));
    if (!(await runs(context, session, views(undefined, 'given_labels'), add))) return undefined;
    const [counted] = await session.rows(
      `SELECT (SELECT count(*) FROM given_labels) = (SELECT count(*) FROM ${featureRows}) AS same`,
    );
    const { entity } = project.file.features;
    // Places of rows in this file say nothing of those in a batch.
    const isPlace = !has(entity) && (await isNumbered(session, featureRows, entity));
    if (counted?.same !== true || isPlace) return undefined;
    await hidePrivate(session, featureRows, project.file, key);
    return labelled(context, session);
  });
}

/** Whether the SQL of the features makes rows of it. */
async function runs(
  { project }: StageContext,
  session: Session,
  views: ReturnType<BatchSources['views']>,
  add: readonly { name: string; sql: string }[],
): Promise<boolean> {
  const { sql: file } = project.file.features;
  try {
    await views(session, add);
    await runUserSql(session, file, project.sql[file] ?? '', featureRows);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

async function labelled(
  { project }: StageContext,
  session: Session,
): Promise<Pick<LabelFile, 'by' | 'rows'> | undefined> {
  const { entity, time } = project.file.features;
  const label = labelSql(project.file, await session.describe(`SELECT * FROM ${featureRows}`));
  const when = time === undefined ? 'NULL' : `replace(${identifier(time)}::VARCHAR, ' ', 'T')`;
  const rows = await session.rows(
    `SELECT ${identifier(entity)}::VARCHAR AS id, ${when} AS "time", (${label})::VARCHAR AS label FROM ${featureRows}`,
  );
  if (rows.some(({ id }) => id === null)) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    by: rows.every((row) => row.time === null) ? 'entity' : 'entity and time',
    rows: rows.map((row) => ({ id: String(row.id), time: text(row.time), label: text(row.label) })),
  };
}
