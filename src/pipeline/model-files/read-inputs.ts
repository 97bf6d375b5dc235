import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { type NumericTable, type TableColumn, withNumericTable } from '../../data/numeric-table.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { learnedWords } from '../../models/preprocessing/origins.js';
import type { Matrix } from '../../models/table/matrix.js';
import { columnsByPlace } from './by-place.js';
import { matrixOf } from './matrix-of.js';
import type { RowReading } from './read-rows.js';

/**
 * The rows of a table file as a bundle takes them: its inputs, and besides them at most what its training file held.
 * @throws InputError naming the columns that are missing, unknown or of another type
 */
export async function readInputs(
  file: string,
  bundle: Bundle,
  flags: RowReading,
  signal: AbortSignal,
): Promise<Matrix> {
  const names = bundle.inputs.map(({ name }) => name);
  const asWritten = bundle.inputs.filter(({ type }) => type === 'category').map(({ name }) => name);
  return withNumericTable(file, { ...flags, asWritten, signal }, async (table) => {
    const columns = flags.header
      ? byName(file, bundle, table.columns, flags.target)
      : columnsByPlace(file, names, table.columns, flags.target);
    await checkTypes(file, bundle, columns, table);
    const text = columns.filter((_, place) => bundle.inputs[place]!.type === 'category').map(({ name }) => name);
    const own = columns.map(({ name }) => name);
    return matrixOf(await table.read(own, text), own, (name) => names[own.indexOf(name)]!);
  });
}

function byName(file: string, { inputs, metadata }: Bundle, columns: TableColumn[], target?: string): TableColumn[] {
  const known = new Map(columns.map((column) => [column.name, column]));
  const others = [metadata.target, target, ...((metadata.other_columns as unknown[] | undefined) ?? [])];
  const expected = new Set<unknown>([...inputs.map(({ name }) => name), ...others]);
  const problems = [
    ...inputs.filter(({ name }) => !known.has(name)).map(({ name }) => `found no column ${name}`),
    ...columns
      .filter(({ name, isIndex }) => !isIndex && !expected.has(name))
      .map(({ name }) => `${name} is not an input of the model`),
  ];
  if (problems.length === 0) return inputs.map(({ name }) => known.get(name)!);
  throw new InputError(
    `${basename(file)}: ${problems.join('; ')}; expected the model's ${inputs.length} inputs: ${inputs.map(({ name }) => name).join(', ')}`,
  );
}

async function checkTypes(file: string, bundle: Bundle, columns: TableColumn[], table: NumericTable): Promise<void> {
  for (const [place, column] of columns.entries()) {
    const { name, type } = bundle.inputs[place]!;
    if (column.kind === 'other' && !(isTime(column) && readsDates(bundle, name)))
      throw new InputError(`${basename(file)}: column ${name} is ${column.type}, expected ${type}`);
    if (type === 'number' && column.kind === 'text')
      throw new InputError(`${await table.firstText(column.name)}, expected a number`);
    if (
      type === 'category' &&
      column.kind === 'number' &&
      !knowsDigits(bundle, name) &&
      !(await isEmpty(table, column.name))
    )
      throw new InputError(
        `${basename(file)}: column ${name} holds numbers, expected words: the model knows it by words`,
      );
  }
}

/** Dates are written as a request would write them. */
const isTime = ({ type }: TableColumn): boolean => /^(DATE|TIMESTAMP)/.test(type);

/** A column without a value may be of any type. */
async function isEmpty(table: NumericTable, name: string): Promise<boolean> {
  const { text } = await table.read([name], [name]);
  return text.get(name)!.every((value) => value === null || value === '');
}

/** Words such as "1" look like numbers in a file that holds no others. */
/** Whether the model makes parts or an age of the column; to others a date is a word that they never saw. */
function readsDates({ preprocessing }: Bundle, name: string): boolean {
  return preprocessing.some((step) => step.step === 'date' && Object.hasOwn(step.columns, name));
}

function knowsDigits({ preprocessing, model }: Bundle, name: string): boolean {
  const encoded = preprocessing.flatMap((step) => learnedWords(step, name) ?? []);
  const lists = model.kind === 'trees' ? (model.pandasCategorical ?? []).flat().map(String) : [];
  return [...encoded, ...lists].some((word) => !Number.isNaN(Number(word)));
}
