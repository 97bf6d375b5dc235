import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { withNumericTable, type NumericTable, type TableColumn } from '../../data/numeric-table.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import type { Task } from '../../models/task.js';
import { labelledRows, type Part } from '../evaluating/parts.js';
import { matrixOf } from '../model-files/matrix-of.js';
import type { InputColumn } from './signature.js';

export interface LabelledTable {
  path: string;
  label: string;
  columns: readonly InputColumn[];
  task: Task;
  /** Of several classes: their names, in the order of the model's outputs. */
  classes: readonly string[] | undefined;
  /** Whether the model takes words in a column that has no type. */
  takesWords: (column: string) => boolean;
}

/**
 * The rows of a table as a model takes them, with their labels; rows without one are counted. What has no type yet gets
 * the one of its column.
 * @throws InputError naming every column that is missing, and what stands where a number or a class is expected
 */
export async function labelledTable(
  { path, label, columns, task, classes, takesWords }: LabelledTable,
  signal: AbortSignal,
): Promise<{ part: Part; inputs: BundleInput[] }> {
  const asWritten = task === 'multiclass' ? [label] : [];
  return withNumericTable(path, { header: true, asWritten, signal }, async (table) => {
    const places = placesOf(path, table, [...columns.map(({ name }) => name), label]);
    const inputs = await typed(path, table, columns, places, takesWords);
    const names = inputs.map(({ name }) => name);
    const texts = inputs.filter(({ type }) => type === 'category').map(({ name }) => name);
    const read = await table.read([...names, label], [...texts, ...asWritten]);
    const given = task === 'multiclass' ? read.text.get(label)! : read.values[read.columns.indexOf(label)]!;
    const target = await targetOf(path, table, label, given, task, classes);
    const ids = Array.from({ length: read.rows }, (_, row) => String(row + 1));
    const all: Part = {
      matrix: matrixOf(read, names),
      ...target,
      recordIds: ids,
      entities: ids,
      unlabelled: 0,
      window: { from: null, to: null },
    };
    return { part: labelledRows(all), inputs };
  });
}

function placesOf(path: string, { columns }: NumericTable, wanted: string[]): Map<string, TableColumn> {
  const known = new Map(columns.map((column) => [column.name, column]));
  const missing = wanted.filter((name) => !known.has(name));
  if (missing.length === 0) return known;
  throw new InputError(
    `${basename(path)}: found no column ${missing.join(', ')}, which the model needs; found ${columns.map(({ name }) => name).join(', ')}`,
  );
}

/** @throws InputError naming each column whose values are not of its type */
async function typed(
  path: string,
  table: NumericTable,
  columns: readonly InputColumn[],
  places: Map<string, TableColumn>,
  takesWords: (column: string) => boolean,
): Promise<BundleInput[]> {
  const problems: string[] = [];
  const inputs: BundleInput[] = [];
  for (const { name, type } of columns) {
    const column = places.get(name)!;
    const words = column.kind === 'text' && (type === 'category' || (type === undefined && takesWords(name)));
    if (column.kind === 'other')
      problems.push(`column ${name} is ${column.type}, expected ${type ?? 'numbers or text'}`);
    else if (column.kind === 'text' && !words) problems.push(`${await table.firstText(name)}, expected a number`);
    inputs.push({ name, type: type ?? (words ? 'category' : 'number') });
  }
  if (problems.length > 0) throw new InputError(`${basename(path)}: ${problems.join('; ')}`);
  return inputs;
}

async function targetOf(
  path: string,
  table: NumericTable,
  label: string,
  given: Float64Array | readonly (string | null)[],
  task: Task,
  classes: readonly string[] | undefined,
): Promise<{ target: Float64Array; classes?: string[] }> {
  if (!(given instanceof Float64Array)) return classTarget(path, label, given, classes ?? []);
  if (table.columns.find(({ name }) => name === label)!.kind !== 'number')
    throw new InputError(`${await table.firstText(label)}, expected ${task === 'binary' ? '0 or 1' : 'a number'}`);
  const wrong =
    task === 'binary' ? given.find((value) => !Number.isNaN(value) && value !== 0 && value !== 1) : undefined;
  if (wrong === undefined) return { target: given };
  throw new InputError(
    `${basename(path)}, column ${label}: found ${wrong}, expected 0 or 1: the project tells two classes apart`,
  );
}

/** Labels as places among the classes of the model; those that it does not know follow. */
function classTarget(path: string, label: string, texts: readonly (string | null)[], classes: readonly string[]) {
  const known = new Set(classes);
  const others = [...new Set(texts.filter((text): text is string => text !== null && !known.has(text)))].sort();
  const all = [...classes, ...others];
  const found = texts.filter((text) => text !== null && known.has(text)).length;
  if (found === 0)
    throw new InputError(
      `${basename(path)}, column ${label}: found ${others.slice(0, 5).join(', ')}, expected the classes of the model: ${classes.join(', ')}; ` +
        'name them in the order of its outputs: --classes a,b,c',
    );
  const places = new Map(all.map((name, place) => [name, place]));
  return { target: Float64Array.from(texts, (text) => (text === null ? NaN : places.get(text)!)), classes: all };
}
