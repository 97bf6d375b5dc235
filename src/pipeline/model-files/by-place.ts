import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { TableColumn } from '../../data/numeric-table.js';

/**
 * The columns of a file without a header that a model's features are. One column more than there are features is the
 * label, first in the file, as LightGBM takes it. Features named `Column_3` are the fourth column without the label,
 * where the file has more columns than the model learned from.
 * @throws InputError naming the file when it has not as many columns
 */
export function columnsByPlace(
  file: string,
  features: string[],
  columns: TableColumn[],
  target: string | undefined,
): TableColumn[] {
  const label = target ?? (columns.length === features.length + 1 ? '0' : undefined);
  const rest = columns.filter(({ name }) => name !== label);
  if (rest.length === features.length) return rest;
  const places = features.map((name) => Number(/^Column_(\d+)$/.exec(name)?.[1] ?? NaN));
  if (target !== undefined && places.every((place) => place < rest.length)) return places.map((place) => rest[place]!);
  throw new InputError(
    `${basename(file)}: found ${columns.length} columns, expected the model's ${features.length}, or one more for the label`,
  );
}
