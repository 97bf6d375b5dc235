import { ownOf } from '../../common/own.js';
import { InputError } from '../../common/errors.js';
import { columnOf, isCategory, replaceColumns, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import { applyStep } from './apply.js';
import { categoriesOf, learnMeans, learnShares, outOfFoldMeans, targetColumns } from './category-means.js';
import { momentOf } from './moments.js';
import type { DateColumn, FittedStep, PreprocessingSpec } from './steps.js';

/**
 * Learns each step from the training rows as the steps before it leave them. Missing values do not count; a column
 * without any value is filled with 0 and scaled by 1.
 * @throws InputError naming a column that a step asks for and the table has not, or has in another type
 */
export function fitPreprocessing(steps: PreprocessingSpec[], train: Matrix, target?: Float64Array): FittedStep[] {
  return fitAndApply(steps, train, target).steps;
}

/**
 * As `fitPreprocessing`, with the training rows as a learner is to see them: where a step learned from the target, each
 * row has what other rows taught, as any later row will have.
 * @param groups a number for the thing that each row is about, where things have several rows
 */
export function fitAndApply(
  steps: PreprocessingSpec[],
  train: Matrix,
  target?: Float64Array,
  groups?: Int32Array,
): { steps: FittedStep[]; matrix: Matrix } {
  let matrix = train;
  const fitted = steps.map((step) => {
    const learned = fitStep(step, matrix, target);
    matrix = step.step === 'target' ? withoutOwn(step, matrix, target!, groups) : applyStep(learned, matrix);
    return learned;
  });
  return { steps: fitted, matrix };
}

function withoutOwn(step: TargetSpec, matrix: Matrix, target: Float64Array, groups?: Int32Array): Matrix {
  const targets = targetColumns(target, step.classes);
  return replaceColumns(matrix, (name) =>
    step.columns.includes(name) ? outOfFoldMeans(matrix, name, targets, groups) : null,
  );
}

type TargetSpec = Extract<PreprocessingSpec, { step: 'target' }>;

function fitStep(spec: PreprocessingSpec, train: Matrix, target: Float64Array | undefined): FittedStep {
  switch (spec.step) {
    case 'impute':
      if (spec.strategy === 'constant') return { step: 'impute', values: spec.values };
      return {
        step: 'impute',
        values: perColumn(spec.columns ?? numbersIn(train), (name) =>
          spec.strategy === 'mean' ? meanOf(columnOf(train, name)) : medianOf(columnOf(train, name)),
        ),
      };
    case 'scale': {
      const names = spec.columns ?? numbersIn(train);
      const mean = perColumn(names, (name) => meanOf(columnOf(train, name)));
      return { step: 'scale', mean, scale: perColumn(names, (name) => spreadOf(columnOf(train, name), mean[name]!)) };
    }
    case 'one-hot':
    case 'ordinal': {
      const names = spec.columns ?? train.columns.filter((name) => isCategory(train, name));
      return {
        step: spec.step,
        categories: perColumn(names, (name) => ownOf(spec.categories, name) ?? seenCategories(train, name)),
      };
    }
    case 'frequency':
      return { step: 'frequency', columns: perColumn(spec.columns, (name) => learnShares(train, name)) };
    case 'target': {
      if (target === undefined) throw new InputError('found no target, expected one to learn the means of categories');
      const targets = targetColumns(target, spec.classes);
      return { step: 'target', columns: perColumn(spec.columns, (name) => learnMeans(train, name, targets)) };
    }
    case 'date': {
      const names = Object.keys(spec.columns);
      return { step: 'date', columns: perColumn(names, (name) => dateOf(train, name, spec.columns[name]!)) };
    }
  }
}

/** Ages are counted to the last day that training saw, unless the project says another. */
function dateOf(train: Matrix, name: string, { parts, reference }: DateColumn) {
  const moments = categoriesOf(train, name).map(momentOf);
  let last = -Infinity;
  for (const code of columnOf(train, name)) if (code >= 0 && moments[code]! > last) last = moments[code]!;
  const until = reference ?? (last === -Infinity ? null : new Date(last).toISOString());
  return { parts: [...parts], reference: until };
}

function numbersIn(matrix: Matrix): string[] {
  return matrix.columns.filter((name) => !isCategory(matrix, name));
}

function perColumn<T>(names: string[], learn: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, learn(name)]));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

function medianOf(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return 0;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Standard deviation over n, as scikit-learn's StandardScaler has it; 1 for a column that does not vary. */
function spreadOf(values: Float64Array, mean: number): number {
  let squares = 0;
  let correction = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    squares += (value - mean) ** 2;
    correction += value - mean;
    count++;
  }
  if (count === 0) return 1;
  const variance = (squares - correction ** 2 / count) / count;
  // What is left of a constant is rounding (scikit-learn's bound for a feature that does not vary).
  const rounding = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return variance > rounding ? Math.sqrt(variance) : 1;
}

/** The categories that occur, in the order of their text, so that row order does not matter. */
function seenCategories(matrix: Matrix, name: string): string[] {
  const known = wordsOf(matrix, name) ?? [];
  const seen = new Set<string>();
  for (const code of columnOf(matrix, name)) if (code >= 0 && known[code] !== undefined) seen.add(known[code]);
  return [...seen].sort();
}
