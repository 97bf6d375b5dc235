import { identifier } from '../../data/duckdb/sql.js';
import type { Session } from '../../data/duckdb/session.js';

/**
 * Whether a column names rows 1 to n, by their places: the next file has the same names for other things.
 * @param relation as SQL
 */
export async function isNumbered(session: Session, relation: string, column: string): Promise<boolean> {
  const name = identifier(column);
  const [row] = await session.rows(
    `SELECT count(*)::DOUBLE AS rows, count(DISTINCT number)::DOUBLE AS n, min(number)::DOUBLE AS first, max(number)::DOUBLE AS last
      FROM (SELECT CASE WHEN ${name}::VARCHAR NOT LIKE '%.%' THEN try_cast(${name} AS BIGINT) END AS number FROM ${relation})`,
  );
  const rows = Number(row?.rows);
  return rows > 1 && row?.n === rows && row.first === 1 && row.last === rows;
}
