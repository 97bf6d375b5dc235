import type { TablePreview } from '../../documents/tables/previews.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import { limits } from './limits.js';

/** What a look into a table finds, wherever it lies. */
export type Looked = Pick<TablePreview, 'total' | 'columns' | 'rows' | 'unread' | 'reasons'>;

/** Columns of a SELECT with their types; their nulls are not known yet. */
export async function columnsOf(session: Session, sql: string): Promise<TablePreview['columns']> {
  return (await session.describe(sql)).map(({ name, type }) => ({ name, type, nulls: null }));
}

/** The first `limit` rows of a SELECT; values that nobody would read to their end are cut, and `cut` counts them. */
export async function firstRows(
  session: Session,
  sql: string,
  columns: readonly { name: string }[],
  limit: number,
): Promise<{ rows: TablePreview['rows']; cut: number }> {
  const found = await session.rows(`SELECT * FROM (${sql}) LIMIT ${limit}`);
  let cut = 0;
  const rows = found.map((row) =>
    columns.map(({ name }) => {
      const value = row[name] ?? null;
      if (typeof value !== 'string' || value.length <= limits.characters) return value;
      cut += 1;
      return `${value.slice(0, limits.characters)}…`;
    }),
  );
  return { rows, cut };
}

/** Rows of a SELECT, and the nulls of each of its columns. */
export async function counted(
  session: Session,
  sql: string,
  columns: readonly { name: string }[],
): Promise<{ total: number; nulls: number[] }> {
  const counts = columns.map(({ name }, at) => `count(*) - count(${identifier(name)}) AS n${at}`);
  const [row] = await session.rows(`SELECT ${['count(*) AS total', ...counts].join(', ')} FROM (${sql})`);
  return { total: Number(row?.total), nulls: columns.map((_, at) => Number(row?.[`n${at}`])) };
}

/** Says that values were cut, where any was. */
export function cutReason(cut: number): Record<string, string> {
  if (cut === 0) return {};
  return { values: `${cut} ${cut === 1 ? 'value was' : 'values were'} cut at ${limits.characters} characters` };
}
