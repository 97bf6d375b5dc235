import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { SampledRows, Value } from './rows.js';

/** A column that is moved, by how many of its own standard deviations. */
export interface Wish {
  column: string;
  sigmas: number;
}

/** The same in the column's own units. `whole`: it holds whole numbers only, and stays so. */
export interface Shift extends Wish {
  by: number;
  whole: boolean;
}

/** How far columns move that nobody named. */
const usualSigmas = 3;

/**
 * What moves, in the columns' own units: those that were named, else every number that takes more than two values.
 * Standard deviations are those of the rows (n - 1).
 * @throws InputError for a column that is no number of theirs, or does not vary
 */
export function shiftsOf(rows: SampledRows, wishes: readonly Wish[]): Shift[] {
  const numbers = rows.inputs.filter((name) => rows.values.some((row) => typeof row[name] === 'number'));
  const asked =
    wishes.length > 0
      ? wishes
      : numbers
          .filter((name) => new Set(numbersOf(rows, name)).size > 2)
          .map((column) => ({ column, sigmas: usualSigmas }));
  if (asked.length === 0)
    throw new InputError('simulate: found no column of numbers in the rows, expected one that can be shifted');
  return asked.map((wish) => {
    const { column } = wish;
    if (!numbers.includes(column))
      throw new InputError(`--shift: found "${column}", expected a column of numbers: ${oneOf(column, numbers)}`);
    const values = numbersOf(rows, column);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const sigma = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    if (sigma === 0)
      throw new InputError(`--shift: ${column} is ${values[0]} in every row, expected a column that varies`);
    return { ...wish, by: wish.sigmas * sigma, whole: values.every(Number.isInteger) };
  });
}

/** A row with its columns moved; `share` of the way, which may be backwards. What is missing stays missing. */
export function shifted(row: Record<string, Value>, shifts: readonly Shift[], share: number): Record<string, Value> {
  const moved = { ...row };
  for (const { column, by, whole } of shifts) {
    const value = row[column];
    if (typeof value === 'number') moved[column] = whole ? Math.round(value + share * by) : value + share * by;
  }
  return moved;
}

const numbersOf = ({ values }: SampledRows, name: string): number[] =>
  values.map((row) => row[name]).filter((value) => typeof value === 'number');
