/** The numbers of one column of one table. */
export interface NumericSample {
  kind: 'numeric';
  /** Those that are there and finite, ascending. */
  values: Float64Array;
  /** The rows in their order, missing as NaN: where a profile cuts the table into chunks. */
  rows?: Float64Array;
  /** Rows without a value; not counted among them are infinite ones. */
  missing: number;
  infinite: number;
  /** Whole numbers by type and none missing, which some tools treat apart. */
  integer: boolean;
}

/** The categories of one column of one table, with how often each stands there. */
export interface CategorySample {
  kind: 'category';
  counts: ReadonlyMap<string, number>;
  /** The same for each chunk of rows, where a profile cuts the table. */
  chunks?: readonly ReadonlyMap<string, number>[];
  missing: number;
  /** Free to hold any text, unlike booleans and declared categories. */
  text: boolean;
}

export type Sample = NumericSample | CategorySample;

/** How many rows have a value. */
export function presentIn(sample: Sample): number {
  return sample.kind === 'numeric' ? sample.values.length : totalOf(sample.counts);
}

export function totalOf(counts: ReadonlyMap<unknown, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Two samples' counts of the same values. */
export interface CategoryPair {
  keys: (string | number)[];
  before: number[];
  after: number[];
}

/** Both samples' values as categories, in ascending order. Both of one kind. */
export function categoriesOf(reference: Sample, current: Sample): CategoryPair {
  const [before, after] = [countsOf(reference), countsOf(current)];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort(ascending);
  const inOrder = (counts: ReadonlyMap<string | number, number>) => keys.map((key) => counts.get(key) ?? 0);
  return { keys, before: inOrder(before), after: inOrder(after) };
}

/** Counts as shares of their sum. */
export function sharesOfCounts(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

/** How often each value stands there. */
export function countsOf(sample: Sample): ReadonlyMap<string | number, number> {
  if (sample.kind === 'category') return sample.counts;
  const counts = new Map<number, number>();
  const { values } = sample;
  for (let start = 0; start < values.length;) {
    let end = start + 1;
    while (end < values.length && values[end] === values[start]) end += 1;
    counts.set(values[start]!, end - start);
    start = end;
  }
  return counts;
}

function ascending(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a < b ? -1 : Number(a > b);
}
