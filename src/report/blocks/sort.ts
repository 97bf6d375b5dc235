import type { TableRow } from './blocks.js';

export interface Order {
  column: number;
  descending: boolean;
}

const words = new Intl.Collator('en', { numeric: true });

/** Rows in the order of one column; what has no value stands last either way, and equal rows keep their places. */
export function sorted(rows: readonly TableRow[], { column, descending }: Order): TableRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [left.cells[column]?.sort ?? null, right.cells[column]?.sort ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * words.compare(String(a), String(b));
  });
}
