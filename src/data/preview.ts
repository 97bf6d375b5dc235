import type { Cell } from './cells.js';
import type { Session } from './session.js';

/** The first rows of a table as a person looks at them. */
export interface Preview {
  columns: { name: string; type: string }[];
  rows: Cell[][];
  /** Of the whole table. */
  total: number;
}

/** The first `limit` rows of a SELECT, its columns with DuckDB's types, and how many rows there are. */
export async function preview(session: Session, sql: string, limit: number): Promise<Preview> {
  const columns = await session.describe(sql);
  const rows = await session.rows(`SELECT * FROM (${sql}) LIMIT ${limit}`);
  const [counted] = await session.rows(`SELECT count(*) AS n FROM (${sql})`);
  return { columns, rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)), total: Number(counted?.n) };
}
