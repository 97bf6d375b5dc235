import { isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';

/** A row whose score is no number, and the columns that make it so. */
export interface Unscored {
  row: number;
  score: number;
  columns: { name: string; value: number }[];
}

/**
 * The first row whose score is no finite number: a linear model has none where a value is missing that training never
 * saw missing, or where one is beyond all bounds. A column is to blame if the score stays so with every other suspect at 0.
 * @param predict scores of rows, one array an output
 */
export function firstUnscored(
  outputs: readonly Float64Array[],
  matrix: Matrix,
  predict: (rows: Matrix) => readonly Float64Array[],
): Unscored | null {
  const worst = (all: readonly Float64Array[]) =>
    Math.min(...all.map((scores) => scores.findIndex(isNoNumber)).filter((row) => row >= 0));
  const row = worst(outputs);
  if (row === Infinity) return null;
  const cells = matrix.values.map((column) => column[row]!);
  const numbers = matrix.columns
    .map((_, place) => place)
    .filter((place) => !isCategory(matrix, matrix.columns[place]!));
  const largest = Math.max(...numbers.map((place) => Math.abs(cells[place]!)).filter(Number.isFinite));
  const odd = numbers.filter((place) => isNoNumber(cells[place]!));
  const suspects = odd.length > 0 ? odd : numbers.filter((place) => Math.abs(cells[place]!) === largest);
  const alone = (place: number) => {
    const values = cells.map((cell, at) => Float64Array.of(at !== place && suspects.includes(at) ? 0 : cell));
    return predict({ ...matrix, values, rows: 1 }).some((scores) => isNoNumber(scores[0]!));
  };
  const blamed = suspects.length > 1 ? suspects.filter(alone) : suspects;
  const columns = (blamed.length > 0 ? blamed : suspects).map((place) => ({
    name: matrix.columns[place]!,
    value: cells[place]!,
  }));
  return { row, score: outputs.map((scores) => scores[row]!).find(isNoNumber)!, columns };
}

/** `row 2: the score is no number (NaN): found no value in age, expected one: training never saw it missing`. */
export function unscoredText({ row, score, columns }: Unscored): string {
  const found = columns
    .map(({ name, value }) => `${Number.isNaN(value) ? 'no value' : String(value)} in ${name}`)
    .join(', ');
  const expected = columns.every(({ value }) => Number.isNaN(value))
    ? 'a number: the model has no answer to a missing value there'
    : 'smaller numbers';
  return `row ${row + 1}: the score is no number (${score}): found ${found || 'such values'}, expected ${expected}`;
}

const isNoNumber = (value: number): boolean => !Number.isFinite(value);
