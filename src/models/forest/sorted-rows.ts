import { randomSource } from '../random-source.js';

/** Every feature's rows in the order of its values, missing last; made once for all trees. */
export function sortRows(columns: Float64Array[]): Int32Array[] {
  return columns.map((column) => {
    const rows = Int32Array.from({ length: column.length }, (_, row) => row);
    return rows.sort((a, b) => compare(column[a]!, column[b]!) || a - b);
  });
}

function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** How often each row is drawn when `draws` rows are drawn with replacement. */
export function bootstrapCounts(rows: number, draws: number, seed: number): Float64Array {
  const random = randomSource(seed);
  const counts = new Float64Array(rows);
  for (let i = 0; i < draws; i++) counts[Math.floor(random() * rows)]!++;
  return counts;
}
