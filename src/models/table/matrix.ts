/**
 * A table as the learners see it: one typed array a column, NaN where a value is missing.
 * A category column (its name is a key of `categories`) holds codes into its list of values; -1 or NaN is missing.
 */
export interface Matrix {
  columns: string[];
  values: Float64Array[];
  rows: number;
  categories?: Record<string, string[]>;
}

/** What a learner learns from. `target` and `weight` have `matrix.rows` values; without `weight` every row counts 1. */
export interface Training {
  matrix: Matrix;
  target: Float64Array;
  weight?: Float64Array;
  /** Raw scores to boost from instead of the average, one array an output; the trees learn what is left. */
  initScore?: Float64Array[];
}
