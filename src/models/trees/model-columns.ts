import { InputError } from '../../common/errors.js';
import { columnsByName } from '../table/align.js';
import { columnOf, isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import { categoryLookup, holdsNumbers } from './category-lookup.js';
import { type CategoryLists, categoryOwners } from './category-owners.js';
import { ZERO_THRESHOLD } from './find-leaves.js';

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
    if (list === undefined) return withoutTiny(columns[place]!);
    if (isCategory(matrix, name)) return codesOfTexts(matrix, name, list);
    return holdsNumbers(list)
      ? columns[place]!.map(categoryLookup(list).ofNumber)
      : checkedCodes(columns[place]!, name, list);
  });
}

/** Values of category columns that the model never saw: it takes them as missing. */
export function unseenCategories(
  model: CategoryLists,
  matrix: Matrix,
): { column: string; values: string[]; rows: number }[] {
  return [...listsOf(model, matrix)].flatMap(([column, list]) => {
    const seen = matrix.values[matrix.columns.indexOf(column)]!;
    const words = matrix.categories?.[column];
    if (words === undefined && !holdsNumbers(list)) return [];
    const lookup = categoryLookup(list);
    const unknown = (value: number) =>
      Number.isNaN(words === undefined ? lookup.ofNumber(value) : lookup.ofText(words[value]!));
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

function codesOfTexts(matrix: Matrix, name: string, list: readonly unknown[]): Float64Array {
  const codes = matrix.categories![name]!.map(categoryLookup(list).ofText);
  return columnOf(matrix, name).map((code) => (code >= 0 ? (codes[code] ?? NaN) : NaN));
}

/** pandas' codes: -1 is a missing value, and what lies beyond the list is the code of nothing. */
function checkedCodes(values: Float64Array, name: string, list: readonly unknown[]): Float64Array {
  const wrong = values.findIndex(
    (code) => !Number.isNaN(code) && !(code >= -1 && code < list.length && Number.isInteger(code)),
  );
  if (wrong < 0) return values;
  throw new InputError(
    `row ${wrong + 1}, column ${name}: found ${values[wrong]!}, expected one of its ${list.length} categories, or the code of one, 0 to ${list.length - 1}`,
  );
}

/** LightGBM does not look at values this near to 0. Most columns have none and stay as they are. */
function withoutTiny(values: Float64Array): Float64Array {
  const isTiny = (value: number) => value !== 0 && value >= -ZERO_THRESHOLD && value <= ZERO_THRESHOLD;
  return values.some(isTiny) ? values.map((value) => (isTiny(value) ? 0 : value)) : values;
}
