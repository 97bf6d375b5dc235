import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { type NumericReading, type NumericTable, withNumericTable } from '../../data/numeric-table.js';
import type { SliceColumn } from '../../models/metrics/slices.js';
import { matchColumns } from '../../project/columns.js';
import type { Task } from '../../project/rules/known-figures.js';
import { classesOf } from './classes.js';
import { keepRows } from './keep-rows.js';
import type { Scored } from './scored.js';
import { binaryLabels, checkBinary } from './labels.js';

/** What a table of labels and scores is read by. */
export interface ScoredReading extends NumericReading {
  label: string;
  /** One column, or for several classes one each: names or a `*` pattern. */
  scores: string[];
  weight?: string;
  slices: string[];
  task?: Task;
  /** The label that counts as positive. */
  positive?: string;
}

/**
 * Reads labels and scores from a table file.
 * @throws InputError naming the file and the column, and the row where a label is none
 */
export async function readScored(file: string, flags: ScoredReading, signal: AbortSignal): Promise<Scored> {
  const asWritten = columnsAsWritten(flags);
  return withNumericTable(file, { ...flags, asWritten, signal }, async (table) => {
    const names = table.columns.map(({ name }) => name);
    const scoreNames = scoreColumns(file, flags.scores, names, flags.label);
    for (const name of [flags.label, ...flags.slices, ...(flags.weight === undefined ? [] : [flags.weight])])
      if (!names.includes(name)) throw absent(file, name, names);
    const task = flags.task ?? (scoreNames.length > 1 ? 'multiclass' : 'binary');
    if (task !== 'multiclass' && scoreNames.length > 1)
      throw new InputError(`--score: found ${scoreNames.length} columns, expected one for ${task}`);
    const read = await readColumns(file, table, { ...flags, task, scoreNames });
    const { kept, missing } = keepRows(read);
    if (kept.labels.length === 0)
      throw new InputError(
        `${basename(file)}: found ${missing} rows, none with a label and a score, expected at least one`,
      );
    return { ...kept, task, missing };
  });
}

/** Columns that hold names and not numbers: slices, and labels and predictions of classes. */
function columnsAsWritten({ task, scores, label, positive, slices }: ScoredReading): string[] {
  const several = scores.length > 1 || scores.some((name) => name.includes('*'));
  if (several) return [label, ...slices];
  if (task === 'multiclass') return [label, ...scores, ...slices];
  return positive === undefined ? slices : [label, ...slices];
}

function scoreColumns(file: string, asked: string[], names: string[], label: string): string[] {
  const found = asked.flatMap((name) => {
    if (!name.includes('*')) return names.includes(name) ? [name] : [undefined];
    const fitting = matchColumns([name], names).filter((column) => column !== label);
    return fitting.length > 0 ? fitting : [undefined];
  });
  const missing = asked.find((_, place) => found[place] === undefined);
  if (missing !== undefined) throw absent(file, missing, names);
  return found.filter((name) => name !== undefined);
}

function absent(file: string, name: string, names: string[]): InputError {
  return new InputError(`${basename(file)}: found no column "${name}", expected ${oneOf(name, names)}`);
}

async function readColumns(
  file: string,
  table: NumericTable,
  flags: ScoredReading & { task: Task; scoreNames: string[] },
): Promise<Omit<Scored, 'missing'>> {
  const { task, scoreNames, label, weight, positive } = flags;
  const predictedClass = task === 'multiclass' && scoreNames.length === 1;
  const labelAsText = task === 'multiclass' || positive !== undefined;
  const numbers = [...(labelAsText ? [] : [label]), ...(predictedClass ? [] : scoreNames), ...(weight ? [weight] : [])];
  for (const name of numbers) await mustBeNumbers(file, table, name, name === label);
  const sliceTexts = flags.slices.filter((name) => ![label, ...scoreNames].includes(name));
  const texts = [...new Set([...(labelAsText ? [label] : []), ...(predictedClass ? scoreNames : []), ...sliceTexts])];
  const read = await table.read([...new Set([...numbers, ...texts])], texts);
  const column = (name: string) => read.values[read.columns.indexOf(name)]!;
  const slices = await sliceColumns(table, flags.slices);
  const rest = { task, slices, ...(weight ? { weights: column(weight) } : {}) };
  if (task === 'multiclass') {
    const predicted = predictedClass ? read.text.get(scoreNames[0]!)! : undefined;
    const classes = classesOf(file, { pattern: flags.scores, scoreNames, labels: read.text.get(label)!, predicted });
    return { ...rest, ...classes, scores: predicted ? classes.scores : scoreNames.map(column) };
  }
  const labels = labelAsText ? binaryLabels(file, label, read.text.get(label)!, positive!) : column(label);
  if (task === 'binary') checkBinary(file, label, labels);
  return { ...rest, labels, scores: [column(scoreNames[0]!)] };
}

async function mustBeNumbers(file: string, table: NumericTable, name: string, isLabel: boolean): Promise<void> {
  const { kind, type } = table.columns.find((column) => column.name === name)!;
  if (kind === 'number') return;
  if (kind === 'other') throw new InputError(`${basename(file)}: column ${name} is ${type}, expected numbers`);
  const found = await table.firstText(name);
  const hint = isLabel
    ? '; say which label is positive: --positive VALUE, or that there are several: --task multiclass'
    : '';
  throw new InputError(`${found}, expected a number${hint}`);
}

/** Slice columns as text, and as numbers too where they hold numbers. */
async function sliceColumns(table: NumericTable, names: string[]): Promise<SliceColumn[]> {
  if (names.length === 0) return [];
  const text = (await table.read(names, names)).text;
  const numeric = names.filter((name) => table.columns.find((column) => column.name === name)!.kind === 'number');
  const numbers = numeric.length === 0 ? undefined : await table.read(numeric, []);
  return names.map((name) => ({
    name,
    text: text.get(name)!,
    numbers: numbers?.values[numbers.columns.indexOf(name)] ?? null,
  }));
}
