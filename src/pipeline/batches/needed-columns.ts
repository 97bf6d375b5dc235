import { InputError } from '../../common/errors.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import type { Project } from '../../project/schema.js';
import { featureRows } from '../features/table.js';
import type { Column } from './column-kinds.js';

/** Makes views of the sources, the batch's own among them, with further columns that it does not have. */
export type Views = (session: Session, add: readonly { name: string; sql: string }[]) => Promise<void>;

export interface Absent {
  /** Without these the features cannot be made. */
  needed: string[];
  /** From these nothing but the target is made. */
  ofTarget: string[];
}

interface Question {
  project: Project;
  folders: string[];
  views: Views;
  absent: readonly Column[];
  signal: AbortSignal;
}

/**
 * What the SQL of the features needs of the columns that a batch does not have. It is found out by doing: without a
 * column the SQL fails, or it does not; and with one value in it or another, only the target differs, or more does.
 */
export async function absentColumns({ project, folders, views, absent, signal }: Question): Promise<Absent> {
  const { sql: file } = project.file.features;
  const { target } = project.file.model;
  const work = <Result>(add: readonly { name: string; sql: string }[], look: (session: Session) => Promise<Result>) =>
    withSession({ folders, signal }, async (session) => {
      await views(session, add);
      await runUserSql(session, file, project.sql[file] ?? '', featureRows);
      return look(session);
    });
  const empty = absent.map(({ name, type }) => ({ name, sql: `CAST(NULL AS ${type})` }));
  const found: Absent = { needed: [], ofTarget: [] };
  for (const column of absent) {
    const others = empty.filter(({ name }) => name !== column.name);
    const fails = await work(others, () => Promise.resolve()).then(() => false, isWrong);
    if (!fails) continue;
    const seen = (sql: string) =>
      work([...others, { name: column.name, sql }], (session) => withoutTarget(session, target)).catch(
        (error: unknown) => {
          if (isWrong(error)) return undefined;
          throw error;
        },
      );
    const [without, one] = [await seen(`CAST(NULL AS ${column.type})`), await seen(oneOf(column.type))];
    const same = without !== undefined && without !== '' && without === one;
    (same ? found.ofTarget : found.needed).push(column.name);
  }
  return found;
}

const isWrong = (error: unknown): true => {
  if (error instanceof InputError) return true;
  throw error;
};

const oneOf = (type: string): string => (type === 'VARCHAR' ? `'a'` : `try_cast(1 AS ${type})`);

/** A hash of all rows but for their target; empty where there is no row. */
async function withoutTarget(session: Session, target: string): Promise<string> {
  const columns = await session.describe(`SELECT * FROM ${featureRows}`);
  const others = columns.filter(({ name }) => name !== target).map(({ name }) => `${identifier(name)}::VARCHAR`);
  const [row] = await session.rows(
    `SELECT coalesce(md5(string_agg(line, '\n' ORDER BY line)), '') AS hash FROM
      (SELECT md5(concat_ws('|', ${others.map((sql) => `coalesce(${sql}, '')`).join(', ')})) AS line FROM ${featureRows})`,
  );
  return String(row?.hash ?? '');
}
