import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { withSession } from './duckdb/session.js';
import { identifier } from './duckdb/sql.js';
import type { Saying } from './files/saying.js';
import { readTable } from './tables.js';

/** The time that half of a table's rows lie before, as `2026-03-01 00:00:00`. */
export async function middleTime(file: string, column: string, reading: Omit<Saying, 'types'>): Promise<string> {
  const path = resolve(file);
  return withSession({ folders: [tmpdir(), dirname(path)] }, async (session) => {
    const { select } = await readTable(session, [path], reading);
    const [row] = await session.rows(
      `SELECT strftime(quantile_disc(${identifier(column)}::TIMESTAMP, 0.5), '%Y-%m-%d %H:%M:%S') AS middle FROM (${select})`,
    );
    return String(row?.middle ?? '');
  });
}
