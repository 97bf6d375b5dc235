import { InputError } from '../../common/errors.js';
import { columnOf, isCategory, replaceColumns, type ReplacedColumn, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import { applyMeans, categoriesOf } from './category-means.js';
import { momentOf, partOf } from './moments.js';
import type { DatePart, FittedStep } from './steps.js';

/**
 * Applies fitted steps in their order; the table itself is left as it is.
 * @throws InputError naming a column that a step needs and the table has not, or has in another type
 */
export function applyPreprocessing(fitted: FittedStep[], matrix: Matrix): Matrix {
  return fitted.reduce((table, step) => applyStep(step, table), matrix);
}

export function applyStep(step: FittedStep, matrix: Matrix): Matrix {
  switch (step.step) {
    case 'impute':
      return applyTo(matrix, step.values, (name, value) => [impute(matrix, name, value)]);
    case 'scale':
      return applyTo(matrix, step.mean, (name, mean) => [scale(matrix, name, mean, step.scale[name]!)]);
    case 'one-hot':
      return applyTo(matrix, step.categories, (name, categories) => oneHot(matrix, name, categories));
    case 'ordinal':
      return applyTo(matrix, step.categories, (name, categories) => [ordinal(matrix, name, categories)]);
    case 'frequency':
    case 'target':
      return applyTo(matrix, step.columns, (name, learned) => applyMeans(matrix, name, learned));
    case 'date':
      return applyTo(matrix, step.columns, (name, { parts, reference }) => dates(matrix, name, parts, reference));
  }
}

/** One column a part; what is no date is missing. */
function dates(matrix: Matrix, name: string, parts: DatePart[], reference: string | null): ReplacedColumn[] {
  const until = reference === null ? NaN : momentOf(reference);
  const moments = categoriesOf(matrix, name).map(momentOf);
  const codes = columnOf(matrix, name);
  return parts.map((part) => {
    const byCode = moments.map((moment) => partOf(moment, part, until));
    return { name: `${name}_${part}`, values: codes.map((code) => (code >= 0 ? (byCode[code] ?? NaN) : NaN)) };
  });
}

/** Replaces exactly the columns that `fitted` names, each with what was learned for it. */
function applyTo<T>(
  matrix: Matrix,
  fitted: Record<string, T>,
  replace: (name: string, learned: T) => ReplacedColumn[],
): Matrix {
  for (const name of Object.keys(fitted)) columnOf(matrix, name);
  return replaceColumns(matrix, (name) => (Object.hasOwn(fitted, name) ? replace(name, fitted[name]!) : null));
}

function impute(matrix: Matrix, name: string, value: number | string): ReplacedColumn {
  const source = columnOf(matrix, name);
  const known = wordsOf(matrix, name);
  if ((typeof value === 'string') !== (known !== undefined))
    throw new InputError(
      `column "${name}" holds ${known ? 'categories' : 'numbers'}, it cannot be filled with ${value}`,
    );
  if (typeof value === 'number') return { name, values: source.map((found) => (Number.isNaN(found) ? value : found)) };
  const categories = known!.includes(value) ? known! : [...known!, value];
  const code = categories.indexOf(value);
  return { name, values: source.map((found) => (found >= 0 ? found : code)), categories };
}

function scale(matrix: Matrix, name: string, mean: number, deviation: number): ReplacedColumn {
  if (isCategory(matrix, name)) throw new InputError(`column "${name}" holds categories, it cannot be scaled`);
  return { name, values: columnOf(matrix, name).map((value) => (value - mean) / deviation) };
}

/** One column of 0 and 1 a category; unknown and missing values are 0 in all of them. */
function oneHot(matrix: Matrix, name: string, categories: string[]): ReplacedColumn[] {
  const codes = recode(matrix, name, categories);
  return categories.map((category, code) => ({
    name: `${name}_${category}`,
    values: codes.map((found) => (found === code ? 1 : 0)),
  }));
}

/** The place of the value among the fitted categories; unknown and missing values are missing. */
function ordinal(matrix: Matrix, name: string, categories: string[]): ReplacedColumn {
  return { name, values: recode(matrix, name, categories) };
}

/** Codes of the table at hand turned into codes of the fitted categories, for two tables may list them differently. */
function recode(matrix: Matrix, name: string, categories: string[]): Float64Array {
  const places = new Map(categories.map((category, code) => [category, code]));
  const codes = categoriesOf(matrix, name).map((category) => places.get(category) ?? NaN);
  return columnOf(matrix, name).map((code) => (code >= 0 ? (codes[code] ?? NaN) : NaN));
}
