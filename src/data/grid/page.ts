import type { GridRows, RowsWish } from '../../documents/grid/grid.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import type { Picked } from './picked.js';
import type { Relation } from './relation.js';

type Page = Pick<RowsWish, 'from' | 'count' | 'columns' | 'characters'>;

/**
 * Rows of a view. Each is found by its number, from which a Parquet's row groups are known: the last of ten million costs
 * what the first does. Every value is DuckDB's own text of it, which nothing rounds.
 */
export async function pageOf(session: Session, relation: Relation, picked: Picked, wish: Page): Promise<GridRows> {
  const from = Math.max(0, Math.min(wish.from, picked.total));
  const to = Math.min(from + wish.count, picked.total);
  if (to <= from) return { total: picked.total, from, numbers: [], cells: [] };
  const numbers = await numbersOf(session, picked, from, to);
  const values = wish.columns.map((at, place) => `${textOf(relation, at, wish.characters)} AS c${place}`);
  const { number } = relation;
  const found = await session.rows(
    `SELECT ${[`${number} AS n`, ...values].join(', ')} FROM ${relation.from} WHERE ${conditionOf(number, numbers)}`,
  );
  const byNumber = new Map(found.map((row) => [Number(row.n), row]));
  const cells = numbers.map((n) => wish.columns.map((_, place) => cellOf(byNumber.get(n)?.[`c${place}`])));
  return { total: picked.total, from, numbers: numbers.map((n) => n + 1), cells };
}

async function numbersOf(session: Session, { table }: Picked, from: number, to: number): Promise<number[]> {
  if (table === undefined) return Array.from({ length: to - from }, (_, at) => from + at);
  const rows = await session.rows(`SELECT n FROM ${table} WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`);
  return rows.map(({ n }) => Number(n));
}

/** Numbers that follow on one another are a range, which passes over row groups; others are a list. */
function conditionOf(number: string, numbers: readonly number[]): string {
  let [first, last] = [Infinity, -Infinity];
  for (const one of numbers) [first, last] = [Math.min(first, one), Math.max(last, one)];
  const within = `${number} >= ${first} AND ${number} <= ${last}`;
  return last - first === numbers.length - 1 ? within : `${within} AND ${number} IN (${numbers.join(', ')})`;
}

function textOf({ columns }: Relation, at: number, characters: number | undefined): string {
  const column = `${identifier(columns[at]!.name)}::VARCHAR`;
  if (characters === undefined) return column;
  return `CASE WHEN length(${column}) > ${characters} THEN left(${column}, ${characters}) || '…' ELSE ${column} END`;
}

const cellOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
