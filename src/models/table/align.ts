import { InputError } from '../../common/errors.js';
import type { Matrix } from './matrix.js';

/**
 * The columns of a table in the order of `names`. Further columns are left aside.
 * @throws InputError naming the columns that are missing
 */
export function columnsByName(matrix: Matrix, names: string[]): Float64Array[] {
  if (names.length === matrix.columns.length && names.every((name, place) => name === matrix.columns[place]))
    return matrix.values;
  const places = new Map(matrix.columns.map((name, index) => [name, index]));
  const missing = names.filter((name) => !places.has(name));
  if (missing.length > 0)
    throw new InputError(`columns are missing: ${missing.join(', ')}; found ${matrix.columns.join(', ')}`);
  return names.map((name) => matrix.values[places.get(name)!]!);
}
