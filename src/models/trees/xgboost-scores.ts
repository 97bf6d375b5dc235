import { InputError } from '../../common/errors.js';

/** What trees that XGBoost grew have beside those of LightGBM: they compare and add in 32 bits. */
export interface XgboostPart {
  /** As XGBoost calls it: `binary:logistic`. */
  objective: string;
  /** The sum that each output starts from. */
  start: number[];
  transform: XgboostTransform;
  /** Features that are categories. */
  categorical: string[];
  /** The values behind the codes of a feature, where the model tells them. */
  categories: Record<string, (string | number)[]>;
}

/** How sums of leaves become predictions. */
export type XgboostTransform = 'identity' | 'sigmoid' | 'exp' | 'softmax';

/** Codes of categories below 0 are none; XGBoost cuts fractions off only after it has looked at that. */
const noCategory = -1;

/**
 * A column as XGBoost's trees read it: in 32 bits.
 * @throws InputError naming row and column of an infinite value, which XGBoost does not take
 */
export function singleColumn(values: Float64Array, name: string, { categorical }: XgboostPart): Float64Array {
  const codes = categorical.includes(name);
  return values.map((value, row) => {
    const single = Math.fround(value);
    if (Math.abs(single) === Infinity)
      throw new InputError(`row ${row + 1}, column ${name}: found ${value}, expected a number that fits 32 bits`);
    return codes && single < 0 ? noCategory : single;
  });
}

/** Turns sums, one array an output, into predictions, in place and in 32 bits. */
export function applyTransform(scores: Float32Array[], transform: XgboostTransform): void {
  if (transform === 'identity') return;
  if (transform === 'softmax') return softmax(scores);
  for (const column of scores)
    for (let row = 0; row < column.length; row += 1)
      column[row] = transform === 'exp' ? Math.exp(column[row]!) : sigmoid(column[row]!);
}

/** Over the classes of each row, from the largest sum, so that it cannot overflow; the total alone is a double. */
function softmax(scores: Float32Array[]): void {
  for (let row = 0; row < scores[0]!.length; row += 1) {
    let most = -Infinity;
    for (const column of scores) most = Math.max(most, column[row]!);
    let total = 0;
    for (const column of scores) {
      column[row] = Math.exp(Math.fround(column[row]! - most));
      total += column[row]!;
    }
    const all = Math.fround(total);
    for (const column of scores) column[row] = column[row]! / all;
  }
}

/** `1 / (exp(min(-x, 88.7)) + 1)`, each step rounded to 32 bits; the bound keeps the exponential finite. */
function sigmoid(sum: number): number {
  const grown = Math.fround(Math.exp(Math.min(-sum, Math.fround(88.7))));
  return 1 / Math.fround(grown + 1);
}
