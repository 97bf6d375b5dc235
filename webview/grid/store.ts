import type { GridHead, GridView } from '../../src/documents/grid/grid.js';
import type { Link } from './link.js';

interface KeptRow {
  number: number;
  cells: Map<number, string | null>;
}

/** So much is kept of what was seen, and of a long text. */
const [mostRows, characters] = [4_000, 500];

export interface Store {
  /** Rows of the view, once somebody knows. */
  total: () => number | undefined;
  row: (at: number) => KeptRow | undefined;
  head: (column: number) => GridHead | undefined;
  /** What is to be seen: what is not there yet is asked for, the last wish first. */
  want: (from: number, count: number, columns: readonly number[]) => void;
  wantHeads: (columns: readonly number[]) => void;
  /** Another view of the table, whose rows are others. */
  look: (view: GridView) => void;
}

/** Rows that were fetched, and those that are on their way: one question at a time, always for what is seen now. */
export function makeStore(link: Link, changed: () => void, failed: (message: string) => void): Store {
  const rows = new Map<number, KeptRow>();
  const heads = new Map<number, GridHead>();
  let view: GridView = { sort: null, filters: {} };
  let total: number | undefined;
  let wish: { from: number; count: number; columns: readonly number[] } | undefined;
  let headWish: readonly number[] = [];
  let [age, asking, isBroken] = [0, false, false];

  const lacks = ({ from, count, columns }: NonNullable<typeof wish>) => {
    const end = Math.min(from + count, total ?? Infinity);
    const missing = new Set<number>();
    let [first, last] = [Infinity, -1];
    for (let at = from; at < end; at += 1) {
      const row = rows.get(at);
      const absent = columns.filter((column) => !row?.cells.has(column));
      absent.forEach((column) => missing.add(column));
      if (absent.length > 0) [first, last] = [Math.min(first, at), at];
    }
    return last === -1 && total !== undefined
      ? undefined
      : { from: Number.isFinite(first) ? first : from, count: Math.max(1, last - first + 1), columns: [...missing] };
  };
  const next = async (): Promise<void> => {
    if (asking || isBroken) return;
    const missing = wish && lacks(wish);
    const absent = headWish.filter((column) => !heads.has(column));
    if (missing === undefined && absent.length === 0) return;
    asking = true;
    const mine = age;
    try {
      if (missing !== undefined) {
        const found = await link.ask({ ask: 'rows', wish: { view, characters, ...missing } });
        if (mine === age) keep(found, missing.columns);
      } else for (const head of await link.ask({ ask: 'heads', columns: absent })) heads.set(head.column, head);
    } catch (error) {
      // What cannot be had is not asked for again and again.
      if (mine === age) {
        isBroken = true;
        if (error instanceof Error && error.message !== '') failed(error.message);
      }
    } finally {
      asking = false;
    }
    changed();
    await next();
  };
  const keep = (
    found: { total: number; from: number; numbers: number[]; cells: (string | null)[][] },
    columns: number[],
  ) => {
    total = found.total;
    if (rows.size > mostRows) rows.clear();
    found.cells.forEach((cells, at) => {
      const row = rows.get(found.from + at) ?? { number: found.numbers[at]!, cells: new Map() };
      columns.forEach((column, place) => row.cells.set(column, cells[place] ?? null));
      rows.set(found.from + at, row);
    });
  };
  return {
    total: () => total,
    row: (at) => rows.get(at),
    head: (column) => heads.get(column),
    want(from, count, columns) {
      wish = { from, count, columns };
      void next();
    },
    wantHeads(columns) {
      headWish = columns;
      void next();
    },
    look(other) {
      if (asking) link.cancelAll();
      [view, total, wish] = [other, undefined, undefined];
      age += 1;
      isBroken = false;
      rows.clear();
    },
  };
}
