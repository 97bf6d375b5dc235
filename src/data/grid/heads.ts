import type { GridColumn, GridHead } from '../../documents/grid/grid.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import type { Relation } from './relation.js';

/** Of a larger table, so many rows from so many places stand for all. */
const pieces = 8;
const rowsOfPiece = 2_048;
const bars = 10;

/** A glance at some columns: how much is empty, and how values are spread. */
export async function headsOf(session: Session, relation: Relation, columns: readonly number[]): Promise<GridHead[]> {
  const nulls = await relation.nulls();
  const { from, sampled } = sampleOf(relation);
  const names = columns.map((at) => identifier(relation.columns[at]!.name));
  if (names.length === 0) return [];
  await session.run(`CREATE OR REPLACE TEMP TABLE grid_sample AS SELECT ${names.join(', ')} FROM ${from}`);
  const heads: GridHead[] = [];
  for (const column of columns) {
    const empty = nulls[column] ?? null;
    heads.push({
      column,
      nullShare: empty === null || relation.total === 0 ? null : empty / relation.total,
      bars: await barsOf(session, relation.columns[column]!),
      sampled,
    });
  }
  return heads;
}

function sampleOf({ from, number, total }: Relation): { from: string; sampled: number | null } {
  const most = pieces * rowsOfPiece;
  if (total <= 4 * most) return { from, sampled: null };
  const step = Math.floor((total - rowsOfPiece) / (pieces - 1));
  const parts = Array.from({ length: pieces }, (_, at) => at * step).map(
    (first) => `SELECT * FROM ${from} WHERE ${number} >= ${first} AND ${number} < ${first + rowsOfPiece}`,
  );
  return { from: `(${parts.join(' UNION ALL ')})`, sampled: most };
}

async function barsOf(session: Session, { name, kind, isPrivate }: GridColumn): Promise<number[]> {
  if (isPrivate) return [];
  const column = identifier(name);
  const counts =
    kind === 'number' || kind === 'time'
      ? await session.rows(stepsSql(measured(column, kind), 'grid_sample', bars))
      : await session.rows(`SELECT count(*)::DOUBLE AS k FROM grid_sample WHERE ${column} IS NOT NULL
          GROUP BY ${column} ORDER BY ${kind === 'boolean' ? `${column}` : 'k DESC'} LIMIT ${bars}`);
  const heights = counts.map(({ k }) => Number(k));
  const highest = Math.max(1, ...heights);
  return heights.map((height) => height / highest);
}

/** A number or a time as a double, for pictures only; what is no number has no place in one. */
export const measured = (column: string, kind: 'number' | 'time'): string =>
  kind === 'number'
    ? `CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END`
    : `CASE WHEN ${column} IS NOT NULL THEN epoch(${column})::DOUBLE END`;

/** Counts `k` in equal steps between the least and the greatest value, with the ends `low` and `high` of all. */
export const stepsSql = (value: string, from: string, steps: number): string => `
  WITH v AS (SELECT ${value} AS v FROM ${from}), ends AS (SELECT min(v) AS low, max(v) AS high FROM v),
    placed AS (SELECT CASE WHEN high = low THEN 0
        ELSE least(${steps - 1}, floor((v - low) / (high - low) * ${steps}))::INTEGER END AS b
      FROM v, ends WHERE v IS NOT NULL)
  SELECT b, count(placed.b)::DOUBLE AS k, any_value(low) AS low, any_value(high) AS high
  FROM range(${steps}) r(b) LEFT JOIN placed USING (b), ends GROUP BY b ORDER BY b`;
