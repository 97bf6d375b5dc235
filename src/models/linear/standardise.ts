import { InputError } from '../../common/errors.js';
import { isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';

/** Columns with mean 0 and deviation 1, on which optimisers behave; a constant column is all 0 with scale 1. */
export interface Standardised {
  columns: Float64Array[];
  mean: Float64Array;
  scale: Float64Array;
}

/** @throws InputError naming the columns that hold categories, missing or infinite values */
export function standardise(matrix: Matrix, weight: Float64Array): Standardised {
  checkNumbers(matrix);
  const total = weight.reduce((sum, value) => sum + value, 0);
  const mean = new Float64Array(matrix.columns.length);
  const scale = new Float64Array(matrix.columns.length);
  const columns = matrix.values.map((column, place) => {
    const least = column.reduce((low, value) => Math.min(low, value), Infinity);
    const most = column.reduce((high, value) => Math.max(high, value), -Infinity);
    // Halving first keeps the difference of huge numbers finite.
    const span = most / 2 - least / 2;
    mean[place] = average(column, weight, total);
    scale[place] = span > 0 ? deviation(column, weight, total, mean[place]) || 1 : 1;
    return span > 0 ? column.map((value) => (value - mean[place]!) / scale[place]!) : new Float64Array(column.length);
  });
  return { columns, mean, scale };
}

function average(column: Float64Array, weight: Float64Array, total: number): number {
  let sum = 0;
  for (let row = 0; row < column.length; row++) sum += (column[row]! / total) * weight[row]!;
  return sum;
}

function deviation(column: Float64Array, weight: Float64Array, total: number, mean: number): number {
  let squares = 0;
  for (let row = 0; row < column.length; row++) squares += ((column[row]! - mean) ** 2 / total) * weight[row]!;
  return Math.sqrt(squares);
}

function checkNumbers(matrix: Matrix): void {
  const categories = matrix.columns.filter((name) => isCategory(matrix, name));
  if (categories.length > 0)
    throw new InputError(
      `columns hold categories: ${categories.join(', ')}; a linear model needs them encoded as numbers`,
    );
  const missing = matrix.columns.filter((_, place) => matrix.values[place]!.some((value) => !Number.isFinite(value)));
  if (missing.length > 0)
    throw new InputError(
      `columns have missing or infinite values: ${missing.join(', ')}; a linear model needs them filled`,
    );
}
