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

/** How often each row is drawn when `draws` rows are drawn with replacement, by their weights if there are any. */
export function bootstrapCounts(rows: number, draws: number, weight: Float64Array | null, seed: number): Float64Array {
  const random = randomSource(seed);
  const counts = new Float64Array(rows);
  const place = weight ? placeOf(weight) : (share: number) => Math.floor(share * rows);
  for (let i = 0; i < draws; i++) counts[place(random())]!++;
  return counts;
}

/** The row in which a share of the weights' sum falls; never one of weight 0. */
function placeOf(weight: Float64Array): (share: number) => number {
  const sums = new Float64Array(weight.length);
  let total = 0;
  weight.forEach((own, row) => (sums[row] = total += own));
  return (share) => {
    const goal = share * total;
    let low = 0;
    let high = weight.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > goal) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
