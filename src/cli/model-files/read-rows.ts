import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { type NumericTable, type TableColumn, withNumericTable } from '../../data/numeric-table.js';
import { categoryFeatures, type Matrix, type TreeModel } from '../../models/index.js';
import { columnsByPlace } from './by-place.js';
import type { TableFlags } from './flags.js';
import { matrixOf } from './matrix-of.js';

export interface RowFlags extends TableFlags {
  /** A column to leave aside, which matters where columns go by place. */
  target?: string;
}

/**
 * The rows of a table file as trees without a bundle take them: by name with a header, else by place.
 * @throws InputError naming the file, and the columns that are missing or hold something else
 */
export async function readRows(file: string, model: TreeModel, flags: RowFlags, signal: AbortSignal): Promise<Matrix> {
  return withNumericTable(file, { ...flags, signal }, async (table) => {
    const columns = flags.header
      ? byName(file, model, table.columns)
      : columnsByPlace(file, model.featureNames, table.columns, flags.target);
    const text: string[] = [];
    for (const [place, column] of columns.entries()) {
      if (await readsAsText(file, model, model.featureNames[place]!, column, table)) text.push(column.name);
    }
    const names = columns.map(({ name }) => name);
    const read = await table.read(names, text);
    return matrixOf(read, names, (name) => model.featureNames[names.indexOf(name)]!);
  });
}

function byName(file: string, { featureNames }: TreeModel, columns: TableColumn[]): TableColumn[] {
  const known = new Map(columns.map((column) => [column.name, column]));
  const missing = featureNames.filter((name) => !known.has(name));
  if (missing.length > 0)
    throw new InputError(
      `${basename(file)}: found no column ${missing.join(', ')}; expected the model's ${featureNames.length} columns`,
    );
  return featureNames.map((name) => known.get(name)!);
}

/** Texts are looked up in the model's lists of categories; numbers are category codes, and any other column's values. */
async function readsAsText(
  file: string,
  model: TreeModel,
  feature: string,
  column: TableColumn,
  table: NumericTable,
): Promise<boolean> {
  if (column.kind === 'other')
    throw new InputError(`${basename(file)}: column ${column.name} is ${column.type}, expected numbers or text`);
  const lists = model.pandasCategorical ?? [];
  const owners = categoryFeatures(model);
  const list = owners ? lists[owners.indexOf(feature)] : lists.flat();
  if (column.kind === 'text') {
    if (list === undefined || list.length === 0)
      throw new InputError(
        `${await table.firstText(column.name)}, expected a number: the model knows no categories of it`,
      );
    return true;
  }
  // Where a list mixes words with digits, a file that happens to hold digits only still means the words.
  const digits = (owners && list ? list : []).filter((word) => typeof word === 'string' && !Number.isNaN(Number(word)));
  return digits.length > 0 && digits.length < list!.length;
}
