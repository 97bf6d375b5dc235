export type SampleKind = 'integer' | 'float' | 'boolean' | 'text' | 'category' | 'datetime' | 'other';

export interface SampleColumn {
  name: string;
  kind: SampleKind;
  /** DuckDB's name of the type. */
  type: string;
}

/** How often each value stands in some rows. */
export interface ValueCounts {
  counts: Map<string, number>;
  missing: number;
}

export type ValueOrder = 'ascending' | 'descending' | 'constant';

/** A table file that is read a few columns at a time. */
export interface SampleTable {
  /** The file's name. */
  name: string;
  rows: number;
  columns: SampleColumn[];
  /** Columns of numbers, row by row; missing is NaN. `into` has room for all rows, one array a column, and is filled. */
  numbers(names: readonly string[], into: readonly Float64Array[]): Promise<void>;
  /** Whether the file is one of text, in which a type is what the values look like. */
  delimited: boolean;
  /** Distinct and missing values of a column that is none of numbers, without bringing them. */
  distinct(name: string): Promise<{ distinct: number; missing: number }>;
  /** The least and the largest value as text, and the order in which values stand in the file. */
  ends(name: string): Promise<{ min: string | null; max: string | null; order: ValueOrder | null }>;
  /** How many values there are, and how many of them read as a number and as a whole one. */
  numberLike(name: string): Promise<{ present: number; numbers: number; whole: number }>;
  /** The values of a column as text with their counts; of each `chunk` rows apart, where it is given. */
  counts(name: string, chunk?: number): Promise<ValueCounts[]>;
}
