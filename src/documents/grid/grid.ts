/** What a data grid shows, and what it may be asked for: plain data, on its way between a page, a window and the process that reads tables. */

export type ColumnKind = 'number' | 'time' | 'boolean' | 'text';

export interface GridColumn {
  name: string;
  /** DuckDB's. */
  type: string;
  kind: ColumnKind;
  /** Named private by the project: its values are covered, wherever they would be shown, copied or written. */
  isPrivate: boolean;
}

/** Which rows stand in the grid, and in which order. */
export interface GridView {
  /** The place of a column. Rows of equal values stay in the order of the table; nulls come last. */
  sort: { column: number; descending: boolean } | null;
  /** What is typed above a column, by its place: see `predicateOf`. */
  filters: Record<number, string>;
}

export interface GridTable {
  /** Rows of the whole table. */
  total: number;
  columns: GridColumn[];
  /** What a person should know of how it was read. */
  notes: string[];
}

/** Rows of a view, from the one at place `from` on; cells are exact texts, null where there is no value. */
export interface GridRows {
  /** Rows of the view. */
  total: number;
  from: number;
  /** Rows as the table counts them, from 1. */
  numbers: number[];
  cells: (string | null)[][];
}

/** How a column looks at a glance. */
export interface GridHead {
  column: number;
  /** 0 to 1; null where the file does not record them. */
  nullShare: number | null;
  /** Heights of bars, 0 to 1: equal steps of a number or time, the commonest values of others first. */
  bars: number[];
  /** Rows from all over the table that the bars are of; null for all of them. */
  sampled: number | null;
}

/** What is known of all values of a column in a view. */
export interface GridStatistics {
  column: number;
  rows: number;
  facts: { name: string; value: string }[];
  bars: { share: number; from: string; to: string }[];
  commonest: { value: string; share: number }[];
}

export interface RowsWish {
  view: GridView;
  from: number;
  count: number;
  /** Places of columns. */
  columns: number[];
  /** Longer texts are cut, and end in `…`. */
  characters?: number;
}
