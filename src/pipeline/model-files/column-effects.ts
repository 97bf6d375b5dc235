import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { type NumericReading, withNumericTable } from '../../data/numeric-table.js';
import type { Matrix } from '../../models/table/matrix.js';
import { type PartialDependence, partialDependence } from '../../models/explain/partial-dependence.js';
import { type PermutationImportance, permutationImportance } from '../../models/explain/permutation-importance.js';
import { predict } from '../../models/predict.js';
import { scores } from '../../models/bundle/score.js';
import type { Task } from '../../models/task.js';
import type { ModelFile } from './model-file.js';
import { readInputs } from './read-inputs.js';
import { readRows } from './read-rows.js';
import { figuresOf } from './validation-figures.js';

/** A table to look at a model on, and what to look at. */
export interface LookedAt {
  data: string;
  reading: NumericReading;
  target?: string;
  column?: string;
}

export interface ColumnEffects {
  permutation?: { figure: string; whole: number; repeats: number; columns: PermutationImportance[] };
  partialDependence?: PartialDependence;
}

const repeats = 5;
const seed = 0;

/**
 * What columns do to a model on the rows of a table: how much its figure falls when a column is shuffled (with
 * `--target`), and how its mean prediction moves with one column (with `--column`).
 * @throws InputError naming the table, and the columns that are missing or hold something else
 */
export async function columnEffects(
  file: ModelFile,
  { data, reading, target, column }: LookedAt,
  signal: AbortSignal,
): Promise<ColumnEffects> {
  const { model, bundle } = file;
  const matrix = bundle
    ? await readInputs(data, bundle, { ...reading, target }, signal)
    : await readRows(data, treesOf(file), { ...reading, target }, signal);
  const predictions = (rows: Matrix) => (bundle ? scores(bundle, rows) : predict(model, rows));
  return {
    ...(target === undefined ? {} : await permutations(file, matrix, predictions, { data, reading, target }, signal)),
    ...(column === undefined ? {} : { partialDependence: dependence(column, matrix, predictions) }),
  };
}

async function permutations(
  file: ModelFile,
  matrix: Matrix,
  predictions: (rows: Matrix) => Float64Array[],
  { data, reading, target }: LookedAt & { target: string },
  signal: AbortSignal,
): Promise<ColumnEffects> {
  const labels = await readLabels(data, target, file.bundle?.classes, reading, signal);
  const task = file.bundle?.task ?? taskOf(file);
  const figure = { binary: 'roc_auc', multiclass: 'accuracy', regression: 'r2' }[task];
  const evaluate = (rows: Matrix) =>
    figuresOf(task, { matrix: rows, target: labels }, predictions(rows))[figure] ?? NaN;
  const whole = evaluate(matrix);
  if (Number.isNaN(whole)) throw new InputError(`${basename(data)}: found one value in ${target}, expected several`);
  return { permutation: { figure, whole, repeats, columns: permutationImportance(evaluate, matrix, repeats, seed) } };
}

function dependence(column: string, matrix: Matrix, predictions: (rows: Matrix) => Float64Array[]) {
  // Of several classes the last; of two or of values the one output.
  return partialDependence((rows) => predictions(rows).at(-1)!, matrix, column, 20);
}

function treesOf({ model }: ModelFile) {
  if (model.kind === 'trees') return model;
  throw new InputError('a linear model without its bundle knows no columns');
}

function taskOf({ model }: ModelFile): Task {
  const objective = model.kind === 'trees' ? (model.objective ?? '') : '';
  if (/^(binary|cross_entropy|xentropy)/.test(objective)) return 'binary';
  return model.kind === 'trees' && model.treesPerRound > 1 ? 'multiclass' : 'regression';
}

async function readLabels(
  data: string,
  target: string,
  classes: string[] | undefined,
  reading: NumericReading,
  signal: AbortSignal,
): Promise<Float64Array> {
  return withNumericTable(data, { ...reading, signal }, async (table) => {
    const names = table.columns.map(({ name }) => name);
    if (!names.includes(target))
      throw new InputError(`${basename(data)}: found no column "${target}", expected ${oneOf(target, names)}`);
    const read = await table.read([target], classes ? [target] : []);
    const labels = classes
      ? Float64Array.from(read.text.get(target)!, (word) => (word === null ? NaN : classes.indexOf(word)))
      : read.values[0]!;
    const wrong = labels.findIndex((label) => Number.isNaN(label) || (label < 0 && classes !== undefined));
    if (wrong < 0) return labels;
    throw new InputError(
      `${basename(data)}, row ${wrong + 1}: found no usable value in ${target}, expected ${classes ? oneOf('', classes) : 'a number'}`,
    );
  });
}
