import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { type NumericTable, type TableColumn, withNumericTable } from '../../data/numeric-table.js';
import type { Matrix, Training } from '../../models/index.js';
import type { TableFlags } from './flags.js';
import { matrixOf } from './matrix-of.js';

export interface TrainingFlags extends TableFlags {
  target: string;
  /** Columns that are not learned from. */
  ignore: string[];
}

/**
 * A table file to learn from. Text columns are categories. Columns of a file without a header are named as LightGBM
 * names them, `Column_0`, … , the target not counted.
 * @param like what a validation file must be like: its columns are read as the training's are
 * @throws InputError naming the file, and what in it
 */
export async function readTraining(
  file: string,
  flags: TrainingFlags,
  signal: AbortSignal,
  like?: Matrix,
): Promise<Training> {
  return withNumericTable(file, { ...flags, signal }, async (table) => {
    const { target, ignore, header } = flags;
    for (const name of [target, ...ignore]) checkColumn(file, name, table.columns, header);
    await checkTarget(table, target, file);
    const features = table.columns.filter(({ name }) => name !== target && !ignore.includes(name));
    const names = features.map(({ name }) => name);
    const nameOf = header ? (name: string) => name : (name: string) => `Column_${names.indexOf(name)}`;
    checkFeatures(file, features);
    const asText = ({ name, kind }: TableColumn) => kind === 'text' || like?.categories?.[nameOf(name)] !== undefined;
    const text = features.filter(asText).map(({ name }) => name);
    if (like) await checkLike(table, text, nameOf, like);
    const columns = await table.read([...names, target], text);
    const values = columns.values[columns.columns.indexOf(target)]!;
    return { matrix: matrixOf(columns, names, nameOf), target: values };
  });
}

function checkColumn(file: string, name: string, columns: TableColumn[], header: boolean): void {
  const names = columns.map((column) => column.name);
  if (names.includes(name)) return;
  const expected = header ? oneOf(name, names) : `a column from 0 to ${names.length - 1}`;
  throw new InputError(`${basename(file)}: found no column "${name}", expected ${expected}`);
}

async function checkTarget(table: NumericTable, target: string, file: string): Promise<void> {
  const { kind, type } = table.columns.find(({ name }) => name === target)!;
  if (kind === 'text') throw new InputError(`${await table.firstText(target)}, expected a number: it is the target`);
  if (kind === 'other') throw new InputError(`${basename(file)}: target ${target} is ${type}, expected numbers`);
}

function checkFeatures(file: string, features: TableColumn[]): void {
  const wrong = features.find(({ kind }) => kind === 'other');
  if (wrong)
    throw new InputError(
      `${basename(file)}: column ${wrong.name} is ${wrong.type}, expected numbers or text; leave it out: --ignore ${wrong.name}`,
    );
}

async function checkLike(
  table: NumericTable,
  text: string[],
  nameOf: (name: string) => string,
  like: Matrix,
): Promise<void> {
  const wrong = text.find(
    (name) => like.categories?.[nameOf(name)] === undefined && like.columns.includes(nameOf(name)),
  );
  if (wrong !== undefined)
    throw new InputError(`${await table.firstText(wrong)}, expected a number, as in the training file`);
}
