import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { type NumericTable, withNumericTable } from '../../data/numeric-table.js';
import { wordsOf } from '../../models/table/columns.js';
import type { Task } from '../../models/task.js';
import type { SearchRows } from '../search/plan.js';
import { everyTime } from '../search/times.js';
import { matrixOf } from './matrix-of.js';
import { unlearnedIndex } from './unlearned-index.js';

export interface Reading {
  target: string;
  /** Columns that are not learned from. */
  ignore: string[];
  /** The column that folds keep together, or that they go by in time: neither is learned from. */
  group?: string;
  time?: string;
  /** Told what there is to know of how the table was read. */
  say?: (note: string) => void;
}

/**
 * A table to search on. Text columns are categories. A target of words is classes, as is one of 0 and 1; other numbers
 * are values.
 * @throws InputError naming the file, and the column that is wrong in it
 */
export async function readSearchRows(
  file: string,
  { target, ignore, group, time, say }: Reading,
  signal: AbortSignal,
): Promise<{ rows: SearchRows; task: Task }> {
  return withNumericTable(file, { header: true, say, signal }, async (table) => {
    const by = [group, time].filter((name) => name !== undefined);
    const known = table.columns.map(({ name }) => name);
    const absent = [target, ...by, ...ignore].find((name) => !known.includes(name));
    if (absent !== undefined) {
      throw new InputError(`${basename(file)}: found no column "${absent}", expected ${oneOf(absent, known)}`);
    }
    const rest = table.columns.filter(({ name }) => ![target, ...by, ...ignore].includes(name));
    const features = rest.filter(({ isIndex }) => !isIndex);
    for (const { name, isIndex } of rest) if (isIndex) say?.(unlearnedIndex(file, name));
    const wrong = features.find(({ kind }) => kind === 'other');
    if (wrong !== undefined) {
      throw new InputError(
        `${basename(file)}: column ${wrong.name} is ${wrong.type}, expected numbers or text; leave it out: --ignore ${wrong.name}`,
      );
    }
    const names = features.map(({ name }) => name);
    const words = kindOf(table, target) !== 'number';
    if (!words && (await table.longNumbers([target])).has(target))
      throw new InputError(
        `${basename(file)}: found numbers with more digits than a number holds exactly in column ${target}, expected numbers to predict`,
      );
    const long = await table.longNumbers(group === undefined ? names : [...names, group]);
    const text = features.filter(({ name, kind }) => kind === 'text' || long.has(name)).map(({ name }) => name);
    const columns = await table.read([...names, target], words ? [...text, target] : text);
    const labels = words ? matrixOf(columns, [target]) : undefined;
    const values = labels === undefined ? columns.values[columns.columns.indexOf(target)]! : labels.values[0]!;
    const missing = values.findIndex((value) => !Number.isFinite(value));
    if (missing >= 0) throw new InputError(`${basename(file)}, row ${missing + 1}: found no ${target}, expected one`);
    const rows: SearchRows = { matrix: matrixOf(columns, names), target: values };
    if (group !== undefined) rows.entities = Array.from(await valuesOf(table, group, long.has(group)), nameOf);
    if (time !== undefined) rows.times = everyTime(await valuesOf(table, time));
    return { rows, task: taskOf(values, labels && wordsOf(labels, target)) };
  });
}

const kindOf = ({ columns }: NumericTable, name: string) => columns.find((column) => column.name === name)?.kind;

/** A column as it is: numbers, or texts. */
async function valuesOf(table: NumericTable, name: string, long = false): Promise<Float64Array | string[]> {
  const number = kindOf(table, name) === 'number' && !long;
  const columns = await table.read([name], number ? [] : [name]);
  return number ? columns.values[0]! : columns.text.get(name)!.map((text) => text ?? '');
}

/** Of a number with zeros before it: groups come in the order of their numbers. */
const nameOf = (value: string | number): string =>
  typeof value === 'string' ? value : String(value).padStart(20, '0');

function taskOf(target: Float64Array, classes: string[] | undefined): Task {
  if (classes !== undefined) return classes.length > 2 ? 'multiclass' : 'binary';
  return target.every((value) => value === 0 || value === 1) ? 'binary' : 'regression';
}
