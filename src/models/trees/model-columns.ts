import { InputError } from '../../common/errors.js';
import { columnsByName } from '../table/align.js';
import { columnOf, isCategory, wordsOf } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import { categoryLookup, holdsNumbers } from './category-lookup.js';
import { type CategoryLists, categoryOwners } from './category-owners.js';
import { ZERO_THRESHOLD } from './find-leaves.js';
import { singleColumn, type XgboostPart } from './xgboost-scores.js';

/**
 * The table's columns as the model's trees read them: by name, categories as the numbers that the model gave them, and
 * what LightGBM takes for 0 as 0. Categories that training did not see are missing.
 * @throws InputError naming missing columns, columns of categories that the model knows nothing of, or a code of none
 */
export function modelColumns(model: CategoryLists, matrix: Matrix): Float64Array[] {
  const columns = columnsByName(matrix, model.featureNames);
  const owners = listsOf(model, matrix);
  return model.featureNames.map((name, place) => {
    const list = owners.get(name);
    const values = list === undefined ? columns[place]! : codesIn(matrix, name, columns[place]!, list);
    if (model.xgboost) return singleColumn(values, name, model.xgboost);
    return list === undefined ? withoutTiny(values) : values;
  });
}

function codesIn(matrix: Matrix, name: string, values: Float64Array, list: readonly unknown[]): Float64Array {
  if (isCategory(matrix, name)) return codesOfTexts(matrix, name, list);
  return holdsNumbers(list) ? values.map(categoryLookup(list).ofNumber) : checkedCodes(values, name, list);
}

/** Values of category columns that the model never saw: it takes them as missing. */
export function unseenCategories(
  model: CategoryLists,
  matrix: Matrix,
): { column: string; values: string[]; rows: number }[] {
  return [...listsOf(model, matrix)].flatMap(([column, list]) => {
    const seen = matrix.values[matrix.columns.indexOf(column)]!;
    const words = wordsOf(matrix, column);
    if (words === undefined && !holdsNumbers(list)) return [];
    const lookup = categoryLookup(list);
    const unknown = (value: number) =>
      words === undefined
        ? Number.isNaN(lookup.ofNumber(value))
        : codeText(words[value]!, list) === null && Number.isNaN(lookup.ofText(words[value]!));
    const found = [...new Set(seen)]
      .filter((value) => (words === undefined ? !Number.isNaN(value) : value >= 0))
      .filter(unknown);
    if (found.length === 0) return [];
    const unseen = new Set(found);
    const values = found.map((value) => words?.[value] ?? String(value));
    return [{ column, values, rows: seen.reduce((count, value) => count + Number(unseen.has(value)), 0) }];
  });
}

function listsOf(model: CategoryLists, matrix: Matrix): Map<string, unknown[]> {
  const words = model.featureNames.filter((name) => isCategory(matrix, name));
  if (model.xgboost) return storedLists(model.xgboost, words);
  const lists = model.pandasCategorical ?? [];
  if (lists.length === 0 && words.length === 0) return new Map();
  const owners = categoryOwners(model, words);
  if (owners !== null) return owners;
  // Numbers alone are codes whosever the lists are.
  if (words.length === 0 && !lists.some(holdsNumbers)) return new Map();
  const found = words.length > 0 ? `columns hold categories: ${words.join(', ')}; ` : '';
  throw new InputError(
    `${found}the model knows the categories of ${lists.length} columns and does not tell which these are`,
  );
}

/** XGBoost's files tell which feature each list belongs to. */
function storedLists({ categories }: XgboostPart, words: string[]): Map<string, unknown[]> {
  const bare = words.filter((name) => !Object.hasOwn(categories, name));
  if (bare.length === 0) return new Map(Object.entries(categories));
  throw new InputError(
    `columns hold categories: ${bare.join(', ')}; the model does not tell their codes, expected the codes themselves`,
  );
}

function codesOfTexts(matrix: Matrix, name: string, list: readonly unknown[]): Float64Array {
  const { ofText } = categoryLookup(list);
  const values = columnOf(matrix, name);
  const codes = matrix.categories![name]!.map((text, place) => {
    const code = codeText(text, list);
    if (code === null) return ofText(text);
    if (isCode(code, list)) return code;
    throw noCode(values.indexOf(place), name, code, list);
  });
  return values.map((code) => (code >= 0 ? (codes[code] ?? NaN) : NaN));
}

/** A number as text where all categories are words: a code, which a table may hold as it is written. */
function codeText(text: string, list: readonly unknown[]): number | null {
  if (text.trim() === '' || list.includes(text) || holdsNumbers(list)) return null;
  return Number.isNaN(Number(text)) ? null : Number(text);
}

/** pandas' codes: -1 is a missing value, and what lies beyond the list is the code of nothing. */
function checkedCodes(values: Float64Array, name: string, list: readonly unknown[]): Float64Array {
  const wrong = values.findIndex((code) => !Number.isNaN(code) && !isCode(code, list));
  if (wrong < 0) return values;
  throw noCode(wrong, name, values[wrong]!, list);
}

const isCode = (code: number, list: readonly unknown[]): boolean =>
  Number.isInteger(code) && code >= -1 && code < list.length;

function noCode(row: number, name: string, code: number, list: readonly unknown[]): InputError {
  return new InputError(
    `row ${row + 1}, column ${name}: found ${code}, expected one of its ${list.length} categories, or the code of one, 0 to ${list.length - 1}`,
  );
}

/** LightGBM does not look at values this near to 0. Most columns have none and stay as they are. */
function withoutTiny(values: Float64Array): Float64Array {
  const isTiny = (value: number) => value !== 0 && value >= -ZERO_THRESHOLD && value <= ZERO_THRESHOLD;
  return values.some(isTiny) ? values.map((value) => (isTiny(value) ? 0 : value)) : values;
}
