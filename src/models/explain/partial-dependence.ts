import { columnOf, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';

export interface PartialDependence {
  column: string;
  /** Values that the column was set to: numbers, or names of categories. */
  values: (number | string)[];
  /** The mean prediction over all rows for each of them. */
  means: number[];
}

/**
 * How the mean prediction changes with one column, all other columns as they are (scikit-learn's `brute` method): at every
 * category or distinct value, or at evenly spaced values between the 5th and the 95th percentile if there are many.
 * @throws InputError naming a column that does not exist
 */
export function partialDependence(
  predict: (matrix: Matrix) => Float64Array,
  matrix: Matrix,
  column: string,
  points = 100,
): PartialDependence {
  const categories = wordsOf(matrix, column);
  const grid = categories ? categories.map((_, code) => code) : gridOf(columnOf(matrix, column), points);
  const place = matrix.columns.indexOf(column);
  const means = grid.map((value) => {
    const fixed = new Float64Array(matrix.rows).fill(value);
    const predictions = predict({ ...matrix, values: matrix.values.with(place, fixed) });
    return predictions.reduce((sum, prediction) => sum + prediction, 0) / matrix.rows;
  });
  return { column, values: categories ?? grid, means };
}

function gridOf(values: Float64Array, points: number): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= points) return distinct;
  const low = percentile(sorted, 0.05);
  const step = (percentile(sorted, 0.95) - low) / (points - 1);
  return Array.from({ length: points }, (_, i) => low + i * step);
}

/** Linear between the two nearest values (NumPy's default). */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
