import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import {
  type NumericReading,
  type NumericTable,
  type TableColumn,
  withNumericTable,
} from '../../data/numeric-table.js';
import { canHoldCategories, categoryOwners, mayHoldCategories } from '../../models/trees/category-owners.js';
import { holdsNumbers } from '../../models/trees/category-lookup.js';
import { matchNames, spellings } from '../../models/table/match-names.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { columnsByPlace } from './by-place.js';
import { matrixOf } from './matrix-of.js';

export interface RowReading extends NumericReading {
  /** A column to leave aside, which matters where columns go by place. */
  target?: string;
}

/**
 * The rows of a table file as trees without a bundle take them: by name with a header, else by place.
 * @throws InputError naming the file, and the columns that are missing or hold something else
 */
export async function readRows(
  file: string,
  model: TreeModel,
  flags: RowReading,
  signal: AbortSignal,
): Promise<Matrix> {
  // Of "01" and "1" the one may be a category and the other none.
  const asWritten = mayHoldCategories(model).flatMap(spellings);
  return withNumericTable(file, { ...flags, asWritten, signal }, async (table) => {
    const columns = flags.header
      ? byName(file, model, table.columns)
      : columnsByPlace(file, model.featureNames, table.columns, flags.target);
    const text = await textColumns(file, model, columns, table);
    const names = columns.map(({ name }) => name);
    const read = await table.read(names, text);
    return matrixOf(read, names, (name) => model.featureNames[names.indexOf(name)]!);
  });
}

function byName(file: string, { featureNames }: TreeModel, columns: TableColumn[]): TableColumn[] {
  const places = matchNames(
    featureNames,
    columns.map(({ name }) => name),
  );
  const missing = featureNames.filter((_, at) => places[at]! < 0);
  if (missing.length > 0)
    throw new InputError(
      `${basename(file)}: found no column ${missing.join(', ')}; expected the model's ${featureNames.length} columns`,
    );
  return places.map((place) => columns[place]!);
}

/**
 * Columns to be read as they are written: words, and numbers that are themselves the model's categories. Other numbers
 * in a column of categories are their codes.
 */
async function textColumns(
  file: string,
  model: TreeModel,
  columns: TableColumn[],
  table: NumericTable,
): Promise<string[]> {
  const other = columns.find(({ kind }) => kind === 'other');
  if (other) throw new InputError(`${basename(file)}: column ${other.name} is ${other.type}, expected numbers or text`);
  const features = model.featureNames.map((name, place) => ({ name, column: columns[place]! }));
  const words = features.filter(({ column }) => column.kind === 'text');
  const owners = categoryOwners(
    model,
    words.map(({ name }) => name),
  );
  const unknown = words.find(({ name }) => owners?.has(name) === false || !canHoldCategories(model, name));
  if (unknown)
    throw new InputError(
      `${await table.firstText(unknown.column.name)}, expected a number: the model knows no categories of it`,
    );
  return features
    .filter(({ name, column }) => readsAsWritten(column, owners?.get(name)))
    .map(({ column }) => column.name);
}

function readsAsWritten({ kind, type }: TableColumn, list: readonly unknown[] | undefined): boolean {
  if (kind === 'text') return true;
  if (list === undefined || !holdsNumbers(list)) return false;
  // A typed number is compared by its value, unless a double cannot hold it.
  return type === 'VARCHAR' || list.some((category) => typeof category === 'bigint');
}
