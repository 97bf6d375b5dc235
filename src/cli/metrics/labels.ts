import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';

const MOST_NAMED = 8;

/**
 * Labels as 1 for the positive one and 0 for any other; NaN where there is none.
 * @throws InputError when several values occur and the positive one does not: it was probably misspelt
 */
export function binaryLabels(
  file: string,
  column: string,
  labels: readonly (string | null)[],
  positive: string,
): Float64Array {
  const values = new Set(labels.filter((label): label is string => label !== null && label !== ''));
  if (values.size > 1 && ![...values].some((value) => same(value, positive))) {
    const found = [...values].slice(0, MOST_NAMED);
    throw new InputError(
      `${basename(file)}: found no label "${positive}" in column ${column}, expected ${oneOf(positive, found)}`,
    );
  }
  return Float64Array.from(labels, (label) => (label === null || label === '' ? NaN : Number(same(label, positive))));
}

/** Whether two spellings mean one value: `1` and `1.0`, `true` and `TRUE`. */
export function same(left: string, right: string): boolean {
  if (left.toLowerCase() === right.toLowerCase()) return true;
  return left.trim() !== '' && right.trim() !== '' && Number(left) === Number(right);
}

/**
 * Checks that labels are 0 or 1 before anything is computed.
 * @throws InputError naming the row
 */
export function checkBinary(file: string, column: string, labels: Float64Array): void {
  const row = labels.findIndex((label) => label !== 0 && label !== 1 && !Number.isNaN(label));
  if (row < 0) return;
  throw new InputError(
    `${basename(file)}, row ${row + 1}, column ${column}: found label ${labels[row]!}, expected 0 or 1; ` +
      'say which is positive: --positive VALUE; or what it is: --task regression or multiclass',
  );
}
