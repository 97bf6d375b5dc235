import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Matrix } from '../../../../src/models/table/matrix.js';
import { readXgboost, type XgboostFile } from '../../../../src/models/xgboost/read-model.js';

/** What XGBoost itself said of models and rows; written by test/interop/record_xgboost.py. */
export interface Recorded {
  version: string;
  columns: string[];
  rows: (number | null)[][];
  cases: {
    file: string;
    objective: string;
    predictions: number[] | number[][] | null;
    margins?: number[] | number[][];
    contributions?: number[][] | number[][][];
    /** Rows of its own, by column. */
    columns?: Record<string, (string | number)[]>;
    rounds?: [number, number];
    firstTwo?: number[];
  }[];
}

export const recordedIn = (folder: string): Recorded =>
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Recorded;

export const open = (folder: string, file: string, rounds?: [number, number]): XgboostFile =>
  readXgboost(readFileSync(join(folder, file)), file, rounds);

/** The recorded rows under the names that the model knows. */
export function matrixOf({ rows }: Recorded, names: string[]): Matrix {
  const values = names.map((_, place) => Float64Array.from(rows, (row) => row[place] ?? NaN));
  return { columns: names, values, rows: rows.length };
}

/** Columns of words as codes into their values, others as numbers. */
export function matrixOfColumns(columns: Record<string, (string | number)[]>): Matrix {
  const categories: Record<string, string[]> = {};
  const values = Object.entries(columns).map(([name, cells]) => {
    if (typeof cells[0] === 'number') return Float64Array.from(cells as number[]);
    const known = (categories[name] = [...new Set(cells as string[])]);
    return Float64Array.from(cells as string[], (cell) => known.indexOf(cell));
  });
  return { columns: Object.keys(columns), values, rows: values[0]!.length, categories };
}

/** One array an output. */
export function byOutput(figures: number[] | number[][]): Float64Array[] {
  const first = figures[0];
  if (!Array.isArray(first)) return [Float64Array.from(figures as number[])];
  return first.map((_, output) => Float64Array.from(figures as number[][], (row) => row[output]!));
}
