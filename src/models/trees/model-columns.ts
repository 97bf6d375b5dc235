import { InputError } from '../../common/errors.js';
import { columnsByName } from '../table/align.js';
import { columnOf, isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import type { TreeModel } from './tree-model.js';

type CategoryLists = Pick<TreeModel, 'featureNames' | 'pandasCategorical'> & Partial<Pick<TreeModel, 'featureInfos'>>;

/**
 * The table's columns as the model's trees read them: by name, and categories as the numbers that the model gave them.
 * Categories that training did not see are missing.
 * @throws InputError naming missing columns, or columns of categories that the model knows nothing of
 */
export function modelColumns(model: CategoryLists, matrix: Matrix): Float64Array[] {
  const columns = columnsByName(matrix, model.featureNames);
  const named = model.featureNames.filter((name) => isCategory(matrix, name));
  const lists = model.pandasCategorical ?? [];
  const owners = categoryFeatures(model) ?? named;
  if (named.length > 0 && lists.length !== owners.length)
    throw new InputError(
      `columns hold categories: ${named.join(', ')}; the model knows the categories of ${lists.length} columns`,
    );
  for (const name of named) {
    const place = owners.indexOf(name);
    if (place < 0) throw new InputError(`column ${name} holds categories, of which the model knows none`);
    columns[model.featureNames.indexOf(name)] = recode(matrix, name, lists[place]!);
  }
  return columns;
}

/**
 * The features that the model's lists of categories belong to, in the order of the lists; null when the model does not
 * tell, for it may have other features of category numbers too.
 */
export function categoryFeatures({ featureNames, featureInfos, pandasCategorical }: CategoryLists): string[] | null {
  const owners = featureNames.filter((_, place) => !/^(\[.*|none)$/.test(featureInfos?.[place] ?? 'none'));
  return owners.length === pandasCategorical?.length ? owners : null;
}

function recode(matrix: Matrix, name: string, known: unknown[]): Float64Array {
  const places = new Map(known.map((category, place) => [String(category), place]));
  const codes = matrix.categories![name]!.map((category) => places.get(category) ?? NaN);
  return columnOf(matrix, name).map((code) => (code >= 0 ? (codes[code] ?? NaN) : NaN));
}
