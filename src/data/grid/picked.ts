import type { GridView } from '../../documents/grid/grid.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import { predicateOf } from './filter.js';
import type { Relation } from './relation.js';

/** The rows of a view: as the table has them, or the numbers of those that were picked, in their order. */
export type Picked = { table: undefined; total: number } | { table: string; total: number };

/** ` WHERE …` of what is typed above columns; empty where nothing is. */
export function whereOf({ columns }: Pick<Relation, 'columns'>, { filters }: Pick<GridView, 'filters'>): string {
  const predicates = Object.entries(filters).flatMap(([at, typed]) => {
    const column = columns[Number(at)];
    const predicate = column === undefined ? undefined : predicateOf(column, typed);
    return predicate === undefined ? [] : [`(${predicate})`];
  });
  return predicates.length === 0 ? '' : ` WHERE ${predicates.join(' AND ')}`;
}

/**
 * Picks the rows of a view once and keeps their numbers, 8 bytes a row at most, so that each page of it is found at once.
 * Only the last view is kept.
 */
export function makePicker(session: Session, relation: Relation): (view: GridView) => Promise<Picked> {
  let kept: { key: string; picked: Picked } | undefined;
  return async (view) => {
    const where = whereOf(relation, view);
    const order = orderOf(relation, view);
    const key = `${where}${order}`;
    if (key === '') return { table: undefined, total: relation.total };
    if (kept?.key === key) return kept.picked;
    kept = undefined;
    const table = 'grid_picked';
    await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
      SELECT ${relation.number} AS n FROM ${relation.from}${where}${order}`);
    const [counted] = await session.rows(`SELECT count(*) AS total FROM ${table}`);
    kept = { key, picked: { table, total: Number(counted?.total) } };
    return kept.picked;
  };
}

function orderOf({ columns, number }: Relation, { sort }: GridView): string {
  const column = sort === null ? undefined : columns[sort.column];
  if (column === undefined) return '';
  return ` ORDER BY ${identifier(column.name)} ${sort?.descending ? 'DESC' : 'ASC'} NULLS LAST, ${number}`;
}
