import { InputError } from '../../common/errors.js';
import { groupFolds, rowFolds, type Fold } from '../search/folds.js';
import { columnOf, type ReplacedColumn, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import type { LearnedMeans } from './steps.js';

/** So many rows of its own a category needs to count as much as the mean of all rows. */
const smoothing = 10;
const folds = 5;
const seed = 42;

/** The words of a column of categories. @throws InputError naming a column that holds numbers */
export function categoriesOf(matrix: Matrix, name: string): string[] {
  const own = wordsOf(matrix, name);
  if (!own) throw new InputError(`column "${name}" holds numbers, expected categories`);
  return own;
}

/** The share of the training rows that each category has; missing is one more category, and one never seen has none. */
export function learnShares(matrix: Matrix, name: string): LearnedMeans {
  const words = categoriesOf(matrix, name);
  const counts = new Float64Array(words.length + 1);
  for (const code of columnOf(matrix, name)) counts[code >= 0 ? code : words.length]!++;
  const share = (place: number) => [counts[place]! / Math.max(matrix.rows, 1)];
  return { ...seenOnly(words, counts, share), unseen: [0], missing: share(words.length) };
}

/**
 * The mean of each target column by category, drawn towards the mean of all rows: (sum + 10 × mean) / (rows + 10), as
 * scikit-learn's `TargetEncoder(smooth=10)` has it. Missing is one more category; one never seen has the mean of all.
 * @param rows those to learn from; all by default
 */
export function learnMeans(matrix: Matrix, name: string, targets: Float64Array[], rows?: Int32Array): LearnedMeans {
  const words = categoriesOf(matrix, name);
  const codes = columnOf(matrix, name);
  const counts = new Float64Array(words.length + 1);
  const sums = targets.map(() => new Float64Array(words.length + 1));
  const add = (row: number) => {
    const place = codes[row]! >= 0 ? codes[row]! : words.length;
    counts[place]!++;
    targets.forEach((target, output) => (sums[output]![place]! += target[row]!));
  };
  if (rows === undefined) for (let row = 0; row < matrix.rows; row++) add(row);
  else rows.forEach(add);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const means = sums.map((sum) => (all === 0 ? 0 : sum.reduce((one, other) => one + other, 0) / all));
  const learned = (place: number) =>
    means.map((mean, output) => (sums[output]![place]! + smoothing * mean) / (counts[place]! + smoothing));
  return { ...seenOnly(words, counts, learned), unseen: means, missing: learned(words.length) };
}

/** In the order of their text, so that row order does not matter. */
function seenOnly(words: string[], counts: Float64Array, learned: (place: number) => number[]) {
  const seen = [...words.keys()].filter((place) => counts[place]! > 0);
  seen.sort((one, other) => (words[one]! < words[other]! ? -1 : 1));
  return { categories: seen.map((place) => words[place]!), values: seen.map(learned) };
}

/** The column as the numbers that were learned for it: under its own name, or one `NAME_0`, `NAME_1`, … a class. */
export function applyMeans(matrix: Matrix, name: string, learned: LearnedMeans, rows?: Int32Array): ReplacedColumn[] {
  const words = categoriesOf(matrix, name);
  const known = new Map(learned.categories.map((word, place) => [word, learned.values[place]!]));
  // No text is no value, unless training had it for one.
  const byCode = words.map((word) => known.get(word) ?? (word === '' ? learned.missing : learned.unseen));
  const codes = columnOf(matrix, name);
  const asked = rows ?? Int32Array.from(codes.keys());
  return learned.unseen.map((_, output) => ({
    name: meanColumn(name, output, learned),
    values: Float64Array.from(
      asked,
      (row) => ((codes[row]! >= 0 ? byCode[codes[row]!] : undefined) ?? learned.missing)[output]!,
    ),
  }));
}

/** How the column of an output is called. */
export const meanColumn = (name: string, output: number, { unseen }: LearnedMeans): string =>
  unseen.length === 1 ? name : `${name}_${output}`;

/**
 * The training rows' own means: each fold's rows get what the others learned, so that no row sees its own target through
 * the back door. Nor do other rows of the same thing teach a row, where `groups` says which those are.
 */
export function outOfFoldMeans(
  matrix: Matrix,
  name: string,
  targets: Float64Array[],
  groups?: Int32Array,
): ReplacedColumn[] {
  const whole = learnMeans(matrix, name, targets);
  const columns = applyMeans(matrix, name, whole);
  if (matrix.rows < folds) return columns;
  for (const { train, test } of foldsOf(matrix.rows, groups)) {
    const part = applyMeans(matrix, name, learnMeans(matrix, name, targets, train), test);
    part.forEach(({ values }, output) => test.forEach((row, at) => (columns[output]!.values[row] = values[at]!)));
  }
  return columns;
}

/** Of fewer things than parts each is one of its own; of one thing there is nothing else to learn from. */
function foldsOf(rows: number, groups: Int32Array | undefined): Fold[] {
  const distinct = new Set(groups).size;
  if (groups === undefined || distinct < 2) return rowFolds(rows, folds, seed);
  return groupFolds(Array.from(groups, String), Math.min(folds, distinct), seed);
}

/** The target as the columns to average: one of 0 and 1 a class, or the target itself. */
export function targetColumns(target: Float64Array, classes?: number): Float64Array[] {
  if (classes === undefined || classes <= 2) return [target];
  return Array.from({ length: classes }, (_, label) => target.map((value) => (value === label ? 1 : 0)));
}
