import { setOwn } from '../../common/own.js';
import { InputError } from '../../common/errors.js';
import type { Matrix } from './matrix.js';

/** The words that a column's codes stand for; undefined of a column of numbers. A column may be called `constructor`. */
export function wordsOf({ categories }: Pick<Matrix, 'categories'>, column: string): string[] | undefined {
  return categories !== undefined && Object.hasOwn(categories, column) ? categories[column] : undefined;
}

export function isCategory(matrix: Matrix, column: string): boolean {
  return wordsOf(matrix, column) !== undefined;
}

/** The values of a column. @throws InputError naming the column and those that exist */
export function columnOf(matrix: Matrix, column: string): Float64Array {
  const place = matrix.columns.indexOf(column);
  if (place < 0) throw new InputError(`column "${column}" is missing; found ${matrix.columns.join(', ')}`);
  return matrix.values[place]!;
}

/** A table with some columns replaced, each by one or more others in its place; null keeps a column. */
export function replaceColumns(matrix: Matrix, replace: (column: string) => ReplacedColumn[] | null): Matrix {
  const result: Matrix = { columns: [], values: [], rows: matrix.rows, categories: {} };
  matrix.columns.forEach((name, place) => {
    const categories = wordsOf(matrix, name);
    const parts = replace(name) ?? [{ name, values: matrix.values[place]!, categories }];
    for (const part of parts) {
      result.columns.push(part.name);
      result.values.push(part.values);
      if (part.categories) setOwn(result.categories!, part.name, part.categories);
    }
  });
  return result;
}

export interface ReplacedColumn {
  name: string;
  values: Float64Array;
  categories?: string[];
}
