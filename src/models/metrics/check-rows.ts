import { InputError } from '../../common/errors.js';

/** @throws InputError naming the first weight that is negative or not a finite number */
export function checkWeights(weights: ArrayLike<number> | undefined): void {
  if (weights === undefined) return;
  for (let row = 0; row < weights.length; row++) {
    if (!(weights[row]! >= 0 && weights[row]! < Infinity))
      throw new InputError(`weight of row ${row + 1} is ${weights[row]!}, expected a number from 0 up`);
  }
}

/** @throws InputError when columns of one table have different numbers of rows */
export function checkLengths(columns: Record<string, ArrayLike<number> | undefined>): void {
  const given = Object.entries(columns).filter((entry): entry is [string, ArrayLike<number>] => entry[1] !== undefined);
  const rows = given[0]?.[1].length;
  if (given.every(([, values]) => values.length === rows)) return;
  const found = given.map(([name, values]) => `${values.length} ${name}`).join(', ');
  throw new InputError(`found ${found}, expected as many of each`);
}
