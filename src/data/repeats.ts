import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { withSession } from './duckdb/session.js';
import { identifier } from './duckdb/sql.js';
import { saidTable, type TableReading } from './said-table.js';

/** Whether two rows of a table file have the same in all of these columns. */
export async function hasRepeats(file: string, columns: readonly string[], reading: TableReading): Promise<boolean> {
  const path = resolve(file);
  return withSession({ folders: [tmpdir(), dirname(path)] }, async (session) => {
    const { select } = await saidTable(session, path, reading);
    const [row] = await session.rows(
      `SELECT count(*) > count(DISTINCT (${columns.map(identifier).join(', ')})) AS found FROM (${select})`,
    );
    return row?.found === true;
  });
}
