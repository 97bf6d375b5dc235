import { ParameterError } from '../../../common/errors.js';
import { closest } from '../../../common/nearest.js';
import { isCategory } from '../../table/columns.js';
import type { Matrix } from '../../table/matrix.js';
import type { TrainingParameters } from '../parameters/parameters.js';

/**
 * Places of the columns that are categorical: those of categories, and those that `categorical_feature` names by name
 * or place. @throws InputError naming a column that does not exist
 */
export function categoricalColumns(matrix: Matrix, { categorical_feature }: TrainingParameters): Set<number> {
  const places = new Set<number>();
  matrix.columns.forEach((name, place) => isCategory(matrix, name) && places.add(place));
  for (const given of categorical_feature) {
    const place = matrix.columns.indexOf(given);
    const index = place >= 0 || !/^\d+$/.test(given) ? place : Number(given);
    if (index >= 0 && index < matrix.columns.length) places.add(index);
    else
      throw new ParameterError(
        `"categorical_feature" names "${given}", which is no column; did you mean "${closest(given, matrix.columns)}"?`,
        'categorical_feature',
      );
  }
  return places;
}

/** The lists of the columns of categories, in the order of the columns; null without such columns. */
export function categoriesOf(matrix: Matrix): string[][] | null {
  const named = matrix.columns.filter((name) => isCategory(matrix, name));
  return named.length > 0 ? named.map((name) => matrix.categories![name]!) : null;
}
