import { sliceName, sliceValue, type SliceRule } from '../../project/rules/slice.js';

/** A column that rows are told apart by: as text, and as numbers where it holds numbers. */
export interface SliceColumn {
  name: string;
  /** Null or empty: the row has no value. */
  text: readonly (string | null)[];
  /** NaN where a row has none; null for a column that holds no numbers. */
  numbers: ArrayLike<number> | null;
}

/** Values of one column that are looked at on their own; a column of many values has the most frequent ones. */
export const MOST_VALUES = 50;

/** The rows that a slice of this column means. A range of a column without numbers means none. */
export function rowsOfSlice({ is }: SliceRule, { text, numbers }: SliceColumn): Uint32Array {
  if (is === 'missing') return matching(text.length, (row) => !text[row]);
  if ('value' in is) return matching(text.length, (row) => text[row] === is.value);
  if (numbers === null) return new Uint32Array();
  const { from, to, closed } = is;
  return matching(numbers.length, (row) => {
    const value = numbers[row]!;
    return value >= from && (value < to || (closed && value === to));
  });
}

function matching(rows: number, belongs: (row: number) => boolean): Uint32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (belongs(row)) found.push(row);
  return Uint32Array.from(found);
}

/** A slice for each value, by name, and one for rows without; `left` counts the rarer values that have none. */
export function valueSlices(column: SliceColumn, most = MOST_VALUES): { slices: SliceRule[]; left: number } {
  const counts = new Map<string, number>();
  for (const value of column.text) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const values = byCount.slice(0, most).map(([value]) => value);
  const slices: SliceRule[] = values.sort().map((value) => ({ column: column.name, is: { value } }));
  return { slices: [...slices, ...missingSlice(column)], left: Math.max(0, byCount.length - most) };
}

/** One slice below the first edge, one between each two, one from the last on, and one for rows without a number. */
export function rangeSlices(column: SliceColumn, edges: readonly number[]): SliceRule[] {
  const bounds = [-Infinity, ...edges, Infinity];
  const slices = bounds.slice(1).map((to, place): SliceRule => {
    return { column: column.name, is: { from: bounds[place]!, to, closed: to === Infinity } };
  });
  return [...slices, ...missingSlice(column)];
}

const missingSlice = (column: SliceColumn): SliceRule[] =>
  column.text.some((value) => !value) ? [{ column: column.name, is: 'missing' }] : [];

/** The inner edges that cut numbers into `parts` equally large ones (quantiles of type 7); equal ones fall together. */
export function quantileEdges(numbers: ArrayLike<number>, parts: number): number[] {
  const sorted = Float64Array.from(numbers)
    .filter((value) => Number.isFinite(value))
    .sort();
  if (sorted.length === 0) return [];
  const edges = Array.from({ length: parts - 1 }, (_, place) => {
    const at = ((place + 1) / parts) * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  });
  return [...new Set(edges)].filter((edge) => edge > sorted[0]!);
}

/** A slice's name and parts, as documents carry them. */
export function sliceNames(slice: SliceRule): { slice: string; column: string; value: string } {
  return { slice: sliceName(slice), column: slice.column, value: sliceValue(slice) };
}
