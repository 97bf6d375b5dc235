import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError, ParameterError, WrongInput } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import {
  type NumericReading,
  type NumericTable,
  type TableColumn,
  withNumericTable,
} from '../../data/numeric-table.js';
import type { Matrix, Training } from '../../models/table/matrix.js';
import { type ColumnRoles, columnsOf } from './column-roles.js';
import { unlearnedIndex } from './unlearned-index.js';
import { matrixOf } from './matrix-of.js';
import { readSidecar } from './sidecars.js';
import { wordsOf } from '../../models/table/columns.js';

export interface TrainingReading extends NumericReading {
  target: string;
  /** Columns that are not learned from. */
  ignore: string[];
  roles: ColumnRoles;
  /** Whether the target may be words: classes. */
  words: boolean;
  /** Weights and scores to start from lie beside the table, as LightGBM has them: `<file>.weight`, `<file>.init`. */
  sidecars: boolean;
}

/** A table file as a learner takes it. */
export interface TrainingTable extends Training {
  /** Words of a target of classes, in the order of their numbers; null for a target of numbers. */
  classes: string[] | null;
  /** Columns of the model that hold category numbers. */
  categorical: string[];
  /** Columns of the file that the model does not know. */
  others: string[];
}

/**
 * A table file to learn from. Text columns are categories. Columns of a file without a header are named as LightGBM
 * names them, `Column_0`, … , the target not counted.
 * @param like what a validation file must be like: its columns are read as the training's are
 * @throws InputError naming the file, and what in it
 */
export async function readTraining(
  file: string,
  flags: TrainingReading,
  signal: AbortSignal,
  like?: TrainingTable,
): Promise<TrainingTable> {
  const table = await withNumericTable(file, { ...flags, signal }, async (opened) => {
    const { target, header, roles } = flags;
    checkColumn(file, target, opened.columns, header);
    const rest = opened.columns.map(({ name }) => name).filter((name) => name !== target);
    const named = (parameter: string, value: unknown) => columnsOf(parameter, value, rest);
    const nameOf = header ? (name: string) => name : (name: string) => `Column_${rest.indexOf(name)}`;
    const [weight, second] = named('weight_column', roles.weight);
    if (second !== undefined)
      throw new ParameterError('"weight_column" names several columns, expected one', 'weight_column');
    for (const name of flags.ignore) checkColumn(file, name, opened.columns, header);
    const left = [...flags.ignore, ...named('ignore_column', roles.ignore), ...named('group_column', roles.group)];
    const used = new Set([target, weight, ...left, ...named('categorical_feature', roles.categorical)]);
    // A file to judge by is read as the training's was, whatever is an index in it.
    const isIdle = ({ name, isIndex }: TableColumn) => (like ? like.others.includes(nameOf(name)) : isIndex);
    const idle = opened.columns.filter((column) => !used.has(column.name) && isIdle(column)).map(({ name }) => name);
    if (!like) for (const name of idle) flags.say?.(unlearnedIndex(file, name));
    const others = [...left, ...idle, ...(weight === undefined ? [] : [weight])];
    const features = opened.columns.filter(({ name }) => name !== target && !others.includes(name));
    const names = features.map(({ name }) => name);
    checkFeatures(file, features);
    const classes = await checkTarget(opened, target, file, flags.words);
    // A validation file is read as the training's was, whatever its own numbers are.
    const long = like ? new Set<string>() : await opened.longNumbers(names);
    const asText = ({ name, kind }: TableColumn) =>
      kind === 'text' || long.has(name) || (like !== undefined && wordsOf(like.matrix, nameOf(name)) !== undefined);
    const text = features.filter(asText).map(({ name }) => name);
    if (like) await checkLike(opened, text, nameOf, like.matrix);
    const wanted = [...names, target, ...(weight === undefined ? [] : [weight])];
    const columns = await opened.read(wanted, classes ? [...text, target] : text);
    const column = (name: string) => columns.values[columns.columns.indexOf(name)]!;
    const words = classes ? columns.text.get(target)! : null;
    const known = words && (like?.classes ?? [...new Set(words.filter((word) => word !== null))].sort());
    return {
      matrix: matrixOf(columns, names, nameOf),
      target: words ? classNumbers(words, known!, file) : column(target),
      ...(weight === undefined ? {} : { weight: column(weight) }),
      classes: known,
      categorical: named('categorical_feature', roles.categorical).map(nameOf),
      others: others.map((name) => (header ? name : nameOf(name))),
    };
  });
  return flags.sidecars ? { ...table, ...(await readSidecars(file, table.weight !== undefined)) } : table;
}

async function readSidecars(file: string, weighted: boolean): Promise<Pick<Training, 'weight' | 'initScore'>> {
  const [weight, init] = [`${file}.weight`, `${file}.init`];
  return {
    ...(existsSync(weight) && !weighted ? { weight: (await readSidecar(weight))[0]! } : {}),
    ...(existsSync(init) ? { initScore: await readSidecar(init) } : {}),
  };
}

function classNumbers(words: (string | null)[], known: string[], file: string): Float64Array {
  return Float64Array.from(words, (word, row) => {
    const place = word === null ? -1 : known.indexOf(word);
    if (place >= 0) return place;
    const found = word === null ? 'nothing' : `"${word}"`;
    throw new InputError(`${basename(file)}, row ${row + 1}: found ${found} as target, expected ${oneOf(word, known)}`);
  });
}

function checkColumn(file: string, name: string, columns: TableColumn[], header: boolean): void {
  const names = columns.map((column) => column.name);
  if (names.includes(name)) return;
  const expected = header ? oneOf(name, names) : `a column from 0 to ${names.length - 1}`;
  throw new InputError(`${basename(file)}: found no column "${name}", expected ${expected}`);
}

/** Whether the target holds words. */
async function checkTarget(table: NumericTable, target: string, file: string, words: boolean): Promise<boolean> {
  const { kind, type } = table.columns.find(({ name }) => name === target)!;
  if (kind === 'text' && !words)
    throw new InputError(`${await table.firstText(target)}, expected a number: it is the target`);
  if (kind === 'other') throw new InputError(`${basename(file)}: target ${target} is ${type}, expected numbers`);
  if ((await table.longNumbers([target])).size > 0)
    throw new WrongInput({
      file: basename(file),
      column: target,
      found: 'numbers with more digits than a number holds exactly',
      expected: 'a target: this column names things',
    });
  return kind === 'text';
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
  const wrong = text.find((name) => wordsOf(like, nameOf(name)) === undefined && like.columns.includes(nameOf(name)));
  if (wrong !== undefined)
    throw new InputError(`${await table.firstText(wrong)}, expected a number, as in the training file`);
}
