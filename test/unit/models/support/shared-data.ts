import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Matrix } from '../../../../src/models/table/matrix.js';

const root = resolve(import.meta.dirname, '../../../../../shared');

/** A test on real data beside the project; without the data it is skipped, and its title says so. */
export function itWithData(title: string, run: (this: Mocha.Context) => void | Promise<void>): void {
  if (existsSync(resolve(root, 'data'))) it(title, run);
  else it.skip(`${title} (no ../shared/data here)`);
}

export function sharedText(path: string): string {
  return readFileSync(resolve(root, path), 'utf8');
}

/** Rows of numbers between tabs, spaces or commas; an empty field, `nan` or `NA` is missing. */
export function numberRows(text: string, separator = /[\t ]/): number[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(separator).map(toNumber));
}

function toNumber(token: string): number {
  return token === '' || token === 'NA' || token.toLowerCase() === 'nan' ? NaN : Number(token);
}

/** Columns named as LightGBM names the columns of a headerless file. */
export function matrixOf(rows: number[][], names?: string[]): Matrix {
  const width = rows[0]?.length ?? 0;
  const columns = names ?? Array.from({ length: width }, (_, index) => `Column_${index}`);
  const values = columns.map((_, index) => Float64Array.from(rows, (row) => row[index] ?? NaN));
  return { columns, values, rows: rows.length };
}

/** A LightGBM example file: the label first, then the features. */
export function labelled(path: string, rows = exampleRows(path)): { matrix: Matrix; target: Float64Array } {
  return { matrix: matrixOf(rows.map((row) => row.slice(1))), target: Float64Array.from(rows, (row) => row[0]!) };
}

function exampleRows(path: string): number[][] {
  return numberRows(sharedText(`data/lightgbm/lightgbm_examples/${path}`));
}

/** As `labelled`, with numbers read as LightGBM's own file reader rounds them: whole part plus fraction. */
export function labelledAsRead(path: string): { matrix: Matrix; target: Float64Array } {
  const text = sharedText(`data/lightgbm/lightgbm_examples/${path}`);
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  return labelled(
    path,
    rows.map((line) => line.trim().split('\t').map(readLoosely)),
  );
}

function readLoosely(token: string): number {
  const [, sign, whole, fraction = ''] = /^(-?)(\d*)(?:\.(\d+))?/.exec(token)!;
  const value = Number(whole) + (fraction === '' ? 0 : Number(fraction) / 10 ** fraction.length);
  return sign === '-' ? -value : value;
}
