import { InputError } from '../../common/errors.js';
import { longNumbers } from '../../data/long-numbers.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import { isNumeric } from '../../data/types.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { storeColumns } from '../../documents/offline-records.js';
import type { RunFigures } from '../../documents/run.js';
import type { FeatureDefinition } from '../../platform/ports/features.js';
import { hidePrivate } from './privacy.js';
import { featuresOrigin } from '../../project/commands.js';
import type { Project } from '../../project/schema.js';

/** The session's table of features, one row a record, with `record_id`. */
export const featureTable = 'feature_table';

export interface FeatureTable {
  /** Columns of the records in the order of the groups: entity, time, features, target. */
  columns: FeatureDefinition[];
  /** What the SQL tells about itself. */
  figures: RunFigures;
  /** What a person should know of how columns were taken, a sentence each. */
  notes: string[];
}

/** Names an example where the SQL says it; else entity and time do. */
const recordIdColumn = 'record_id';

/** The session's table of the rows that records are made of. */
export const featureRows = 'feature_rows';

/**
 * Runs the project's feature SQL and checks that its result can be a feature group; InputError says what is not.
 * @param byProgram makes `feature_rows` instead, where the project has a program for it
 */
export async function makeFeatureTable(
  session: Session,
  project: Project,
  { key, byProgram }: { key: string | undefined; byProgram: (() => Promise<void>) | undefined },
): Promise<FeatureTable> {
  const { sql, split } = project.file.features;
  const file = featuresOrigin(project.file);
  await byProgram?.();
  const figures =
    byProgram === undefined
      ? await runUserSql(session, sql, project.sql[sql] ?? '', featureRows, { quiet: key !== undefined })
      : {};
  const marked = split.by === 'column' ? [split.column] : [];
  return { figures, ...(await makeRecords(session, project, { file, needed: marked, key })) };
}

/**
 * Makes records of the rows of `feature_rows`. `file` is what messages call their origin, `needed` what they must have
 * beside entity, time and target. `key`: of pseudonyms, where the project has private columns.
 */
export async function makeRecords(
  session: Session,
  project: Project,
  { file, needed: also, key }: { file: string; needed: readonly string[]; key?: string },
): Promise<Omit<FeatureTable, 'figures'>> {
  const { entity, time, split } = project.file.features;
  const { target, task } = project.file.model;
  const hidden = await hidePrivate(session, featureRows, project.file, key);
  const columns = await session.describe('SELECT * FROM feature_rows');
  const has = (name: string) => columns.some((column) => column.name === name);
  const needed = [entity, ...(time === undefined ? [] : [time]), target, ...also];
  const absent = needed.find((name) => !has(name));
  if (absent !== undefined) {
    throw new InputError(
      `${file}: found no column ${absent} in its result, expected ${needed.join(', ')} and features`,
    );
  }
  const reserved = storeColumns.find((name) => name !== recordIdColumn && has(name));
  if (reserved !== undefined) {
    throw new InputError(`${file}: found a column ${reserved} in its result, expected another name: the store adds it`);
  }
  if (task === 'binary') await checkBinary(session, file, target);
  if (task === 'multiclass') await checkClasses(session, file, target);

  const ofTime = time === undefined ? '' : ` || '_' || replace(${identifier(time)}::VARCHAR, ' ', 'T')`;
  // Rows that came from a feature group have their names already.
  const isNamed = has(recordIdColumn);
  const id = isNamed ? `${recordIdColumn}::VARCHAR` : `${identifier(entity)}::VARCHAR${ofTime}`;
  // Two whole numbers that one double stands for are two things: as texts they stay so.
  const long = await longNumbers(session, 'feature_rows', columns);
  if (long.has(target) && task !== 'multiclass')
    throw new InputError(
      `${file}: found numbers with more digits than a number holds exactly in column ${target}, expected numbers to predict`,
    );
  const kept = columns
    .filter(({ name }) => name !== recordIdColumn)
    .map(({ name, type }) => ({ name, type: long.has(name) && name !== time ? 'VARCHAR' : type, from: type }));
  const casts = kept.map(({ name, type, from }) => {
    // Sums of integers and decimals are ordinary numbers to every reader of the group.
    const to = /^(HUGEINT|UHUGEINT|DECIMAL)/.test(type) ? 'DOUBLE' : type;
    return to === from ? identifier(name) : `${identifier(name)}::${to} AS ${identifier(name)}`;
  });
  await session.run(`CREATE TABLE ${featureTable} AS
    SELECT ${id} AS record_id, ${casts.join(', ')} FROM feature_rows`);
  await session.run('DROP TABLE feature_rows');
  await checkIds(session, file, isNamed ? recordIdColumn : time === undefined ? entity : `${entity}, ${time}`);

  const marked = split.by === 'column' ? split.column : undefined;
  const others = kept.filter(({ name }) => ![entity, time, target, marked].includes(name)).map(({ name }) => name);
  const order = [
    ...(entity === recordIdColumn ? [] : [entity]),
    ...(time === undefined ? [] : [time]),
    ...others,
    target,
  ];
  const types = new Map(kept.map(({ name, type }) => [name, type]));
  const notes = others
    .filter((name) => long.has(name))
    .map((name) => `${file}: column ${name}: numbers with more digits than a number holds exactly are kept as text`);
  if (hidden.length > 0) notes.push(`${file}: left out as private: ${hidden.join(', ')}`);
  return { notes, columns: order.map((name) => ({ name, type: featureType(types.get(name)!) })) };
}

/** The three types a feature store knows. */
export function featureType(type: string): FeatureDefinition['type'] {
  if (/INT|BOOLEAN/.test(type) && !type.includes('HUGEINT')) return 'Integral';
  return isNumeric(type) ? 'Fractional' : 'String';
}

async function checkBinary(session: Session, file: string, target: string): Promise<void> {
  const column = identifier(target);
  const [wrong] = await session.rows(`SELECT ${column} AS value FROM feature_rows
    WHERE ${column} IS NOT NULL AND coalesce(try_cast(${column} AS DOUBLE) NOT IN (0, 1), true) LIMIT 1`);
  if (wrong) throw new InputError(`${file}: found ${String(wrong.value)} in column ${target}, expected 0 or 1`);
}

/** Many more classes than this are names or measurements, which nothing learns as classes. */
const mostClasses = 1000;

async function checkClasses(session: Session, file: string, target: string): Promise<void> {
  const column = identifier(target);
  const [counted] = await session.rows(`SELECT count(DISTINCT ${column}::VARCHAR)::DOUBLE AS n FROM feature_rows`);
  const n = Number(counted?.n);
  if (n <= mostClasses) return;
  throw new InputError(
    `${file}: found ${n} different values in column ${target}, expected ${mostClasses} classes at most; a number is predicted by "task": "regression"`,
  );
}

async function checkIds(session: Session, file: string, of: string): Promise<void> {
  const [none] = await session.rows(`SELECT count(*) AS n FROM ${featureTable} WHERE record_id IS NULL`);
  if (Number(none?.n) > 0)
    throw new InputError(`${file}: found ${String(none?.n)} rows without ${of}, expected both in every row`);
  const [twice] = await session.rows(
    `SELECT record_id, count(*) AS n FROM ${featureTable} GROUP BY record_id HAVING n > 1 ORDER BY record_id LIMIT 1`,
  );
  if (twice) {
    throw new InputError(
      `${file}: found ${String(twice.n)} rows of ${String(twice.record_id)}, expected one row for each ${of}`,
    );
  }
}
