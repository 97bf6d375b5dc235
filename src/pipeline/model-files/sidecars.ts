import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { textOf } from './read-parameters.js';

/** A file of numbers beside a table, one line a row and as many numbers in each: LightGBM's `.weight` and `.init`. */
export async function readSidecar(file: string): Promise<Float64Array[]> {
  const lines = (await textOf(file, 'numbers, one line a row')).trimEnd().split('\n');
  const rows = lines.map((line) => line.trim().split(/[\s,]+/));
  const width = rows[0]!.length;
  rows.forEach((row, place) => {
    const wrong = row.find((word) => word === '' || !Number.isFinite(Number(word)));
    if (wrong !== undefined || row.length !== width)
      throw new InputError(
        `${basename(file)}, line ${place + 1}: found "${lines[place]!.slice(0, 40)}", expected ${width === 1 ? 'a number' : `${width} numbers`}`,
      );
  });
  return Array.from({ length: width }, (_, column) => Float64Array.from(rows, (row) => Number(row[column])));
}

/** Weights and first scores beside a table, as LightGBM's command line finds them. */
export const sidecarsOf = (file: string): string[] =>
  ['weight', 'init'].map((kind) => `${file}.${kind}`).filter((path) => existsSync(path));
