import { InputError } from '../../common/errors.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier, literals } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { keepFitting } from '../features/expectations.js';
import { hidePrivate, pseudonymKey } from '../features/privacy.js';
import { featureRows } from '../features/table.js';
import { createView, curatedFiles, curatedSources, foldersOf } from '../features/views.js';
import type { StageContext } from '../stage.js';

/** A row of features as it is asked about. */
export interface NewestRow {
  id: string;
  /** All its columns but entity, time, target and part. */
  features: Record<string, unknown>;
}

export interface Newest {
  /** The newest moment of all rows. */
  at: Date;
  rows: NewestRow[];
  /** Labels of earlier rows, by their id. */
  labels: Map<string, number>;
}

const memoryLimit = '640MB';

/** Gives the sources of the project to work with as views, those rows left out that do not fit. */
export async function withSources<Result>(
  context: StageContext,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { project, scratch, signal } = context;
  const sources = await curatedSources(context);
  const files = await Promise.all(sources.map((source) => curatedFiles(context, source)));
  return withSession({ folders: [scratch, ...foldersOf(files.flat())], memoryLimit, signal }, async (session) => {
    for (const [i, { name, source }] of sources.entries()) {
      await createView(session, sources[i]!, files[i]!);
      await keepFitting(session, { name, source, hidden: project.file.private });
    }
    return work(session);
  });
}

/**
 * The rows of the newest moment whose label is yet to come, and the labels of rows of the moments `before`.
 * @throws InputError where rows have no time; undefined where there is no row that waits
 */
export async function newestRows(context: StageContext, before: readonly string[]): Promise<Newest | undefined> {
  const { file, sql } = context.project;
  const { entity, time, split } = file.features;
  const { target } = file.model;
  if (time === undefined || split.by !== 'column')
    throw new InputError(
      'live: found no "time" of features and no split by a column, expected both: rows wait in a part',
    );
  const waiting = split.waiting ?? [];
  const [id, at, label, part] = [entity, time, target, split.column].map(identifier);
  const key = await pseudonymKey(context, file);
  return withSources(context, async (session) => {
    await runUserSql(session, file.features.sql, sql[file.features.sql] ?? '', featureRows, { quiet: true });
    // As in the feature groups: what says whose data it is goes no further than here.
    await hidePrivate(session, featureRows, file, key);
    const isWaiting = `list_contains(${literals(waiting)}::VARCHAR[], ${part}::VARCHAR)`;
    const [newest] = await session.rows(
      `SELECT epoch_ms(max(${at})::TIMESTAMP)::DOUBLE AS ms FROM ${featureRows} WHERE ${isWaiting}`,
    );
    if (typeof newest?.ms !== 'number') return undefined;
    const rows = await session.rows(
      `SELECT ${id}::VARCHAR AS id, to_json(COLUMNS(* EXCLUDE (${[id, at, label, part].join(', ')})))::VARCHAR
        FROM ${featureRows} WHERE ${isWaiting} AND epoch_ms(${at}::TIMESTAMP) = ${newest.ms} ORDER BY id`,
    );
    const labelled = await session.rows(
      `SELECT ${id}::VARCHAR AS id, ${label}::DOUBLE AS label FROM ${featureRows}
        WHERE ${label} IS NOT NULL AND list_contains(${literals([...before])}::VARCHAR[], epoch_ms(${at}::TIMESTAMP)::VARCHAR)`,
    );
    return {
      at: new Date(newest.ms),
      rows: rows.map(({ id: name, ...cells }) => ({
        id: String(name),
        features: Object.fromEntries(
          Object.entries(cells).map(([column, text]) => [column, text === null ? null : JSON.parse(String(text))]),
        ),
      })),
      labels: new Map(labelled.map((row) => [String(row.id), Number(row.label)])),
    };
  });
}
