import { InputError } from '../../common/errors.js';
import { columnsByName } from '../table/align.js';
import { columnOf, isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import type { TreeModel } from './tree-model.js';

/**
 * The table's columns as the model's trees read them: by name, and categories as the numbers that the model gave them.
 * Categories that training did not see are missing.
 * @throws InputError naming missing columns, or columns of categories that the model knows nothing of
 */
export function modelColumns(
  model: Pick<TreeModel, 'featureNames' | 'pandasCategorical'>,
  matrix: Matrix,
): Float64Array[] {
  const columns = columnsByName(matrix, model.featureNames);
  const named = model.featureNames.filter((name) => isCategory(matrix, name));
  if (named.length === 0) return columns;
  const lists = model.pandasCategorical ?? [];
  if (lists.length !== named.length)
    throw new InputError(
      `columns hold categories: ${named.join(', ')}; the model knows the categories of ${lists.length} columns`,
    );
  named.forEach((name, place) => {
    columns[model.featureNames.indexOf(name)] = recode(matrix, name, lists[place]!);
  });
  return columns;
}

function recode(matrix: Matrix, name: string, known: unknown[]): Float64Array {
  const places = new Map(known.map((category, place) => [String(category), place]));
  const codes = matrix.categories![name]!.map((category) => places.get(category) ?? NaN);
  return columnOf(matrix, name).map((code) => (code >= 0 ? (codes[code] ?? NaN) : NaN));
}
