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

/** Whether two spellings mean one value: `1` and `1.0`, `true` and `TRUE`, `True` and `1`. */
export function same(left: string, right: string): boolean {
  if (left.toLowerCase() === right.toLowerCase()) return true;
  const [one, other] = [left, right].map((text) => TRUTH[text.trim().toLowerCase()] ?? text);
  return one!.trim() !== '' && other!.trim() !== '' && Number(one) === Number(other);
}

const TRUTH: Record<string, string> = { true: '1', false: '0' };

/**
 * One text for one value of a column of classes, as pandas would have read the column and scikit-learn compares it: in a
 * column of numbers `1.0` is 1, in one of truth values `True` and `TRUE` are, and both are equal. In a column that holds
 * any other word each value is what is written. Null where nothing is.
 */
export function classKeys(column: readonly (string | null)[]): (string | null)[] {
  const texts = column.map((text) => (text === null || text.trim() === '' ? null : text.trim()));
  const every = (holds: (text: string) => boolean) => texts.every((text) => text === null || holds(text));
  if (every((text) => text.toLowerCase() in TRUTH))
    return texts.map((text) => (text === null ? null : TRUTH[text.toLowerCase()]!));
  if (every((text) => Number.isFinite(Number(text))))
    return texts.map((text) => (text === null ? null : numberKey(text)));
  return texts;
}

/** Whole numbers keep all their digits. */
function numberKey(text: string): string {
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')).toString() : String(Number(text));
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
