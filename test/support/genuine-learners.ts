import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { applyPreprocessing } from '../../src/models/preprocessing/apply.js';
import { fitPreprocessing } from '../../src/models/preprocessing/fit.js';
import { predict } from '../../src/models/predict.js';
import { trainForest } from '../../src/models/forest/train-forest.js';
import { trainTrees } from '../../src/models/trees/train/train-trees.js';
import type { Training } from '../../src/models/table/matrix.js';
import type { TreeModel } from '../../src/models/trees/tree-model.js';
import { binaryEvaluation } from '../../src/models/metrics/binary-evaluation.js';
import { regressionEvaluation } from '../../src/models/metrics/regression-evaluation.js';
import { lcgNumbers } from '../unit/models/support/golden.js';

/** A figure of predictions, one array an output, against the target. */
export type Measure = (target: Float64Array, outputs: Float64Array[]) => number;

export const auc: Measure = (target, [scores]) => binaryEvaluation(target, scores!, 0.5).roc_auc!;
export const logLoss: Measure = (target, [scores]) => binaryEvaluation(target, scores!, 0.5).log_loss!;
export const rmse: Measure = (target, [values]) =>
  Math.sqrt(target.reduce((sum, value, row) => sum + (value - values![row]!) ** 2, 0) / target.length);
export const r2: Measure = (target, [values]) => regressionEvaluation(target, values!).r2!;
export const multiLogLoss: Measure = (target, outputs) =>
  -target.reduce((sum, label, row) => sum + Math.log(outputs[label]![row]!), 0) / target.length;

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const NOT_JSON = /^(NaN|-?Infinity)$/;

/** Hands jobs to LightGBM and scikit-learn in Python (`learners.py` says what they are) and gives their answers. */
export async function genuine<Answer>(folder: string, jobs: object[]): Promise<Answer[]> {
  const python = process.env.MLOPS_PYTHON_LEARN;
  assert.ok(python, 'MLOPS_PYTHON_LEARN is set by the suite');
  const file = join(folder, 'jobs.json');
  writeFileSync(file, JSON.stringify(jobs));
  const script = resolve('test/interop/quick/learners.py');
  const { stdout } = await promisify(execFile)(python, [script, file], { maxBuffer: 2 ** 29 });
  // LightGBM talks on stdout too: the answer is the last line. Python's NaN and Infinity are not JSON.
  const answer = stdout.trim().split('\n').at(-1)!;
  const quoted = answer.replaceAll(/-?\b(NaN|Infinity)\b/g, '"$&"');
  return JSON.parse(quoted, (_, value: unknown) => (NOT_JSON.test(String(value)) ? Number(value) : value)) as Answer[];
}

/** Writes rows as `learners.py` reads them; returns the file's path. */
export function writeRows(path: string, { matrix, target }: Training): string {
  const cell = (value: number) => (Number.isNaN(value) ? '' : String(value));
  const lines = Array.from(target, (label, row) => [label, ...matrix.values.map((column) => column[row]!)].map(cell));
  writeFileSync(path, lines.map((cells) => cells.join(',') + '\n').join(''));
  return path;
}

/** Python's predictions, a number a row or a list a row, as one array an output. */
export function outputsOf(answer: number[] | number[][]): Float64Array[] {
  const rows = answer.map((row) => (Array.isArray(row) ? row : [row]));
  return rows[0]!.map((_, output) => Float64Array.from(rows, (row) => row[output]!));
}

/** Every fifth row is held out, unless the data comes in two parts. */
export function holdOut({ matrix, target }: Training): { train: Training; test: Training } {
  const part = (held: boolean): Training => {
    const keep = (_: number, row: number) => (row % 5 === 4) === held;
    const values = matrix.values.map((column) => column.filter(keep));
    const kept = target.filter(keep);
    return { matrix: { ...matrix, values, rows: kept.length }, target: kept };
  };
  return { train: part(false), test: part(true) };
}

/** A CSV's number columns; text is taken as a code of its place among the values of its column. */
export function csvTraining(text: string, target: string, leaveOut: string[]): Training {
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const columnOf = (name: string) => {
    const cells = rows.map((row) => row[header!.indexOf(name)]!.replaceAll('"', ''));
    const words = [...new Set(cells.filter((cell) => cell !== '?' && Number.isNaN(Number(cell))))].sort();
    const valueOf = (cell: string) => (cell === '' || cell === '?' ? NaN : Number(cell));
    return Float64Array.from(cells, words.length > 0 ? (cell) => (cell === '?' ? NaN : words.indexOf(cell)) : valueOf);
  };
  const columns = header!.filter((name) => name !== target && !leaveOut.includes(name));
  return { matrix: { columns, values: columns.map(columnOf), rows: rows.length }, target: columnOf(target) };
}

export interface Comparison {
  name: string;
  train: Training;
  test: Training;
  parameters: Record<string, unknown>;
  seeds: number[];
  measures: Record<string, Measure>;
}

/** Trains here and in genuine LightGBM; each figure on the held-out rows, mean of the seeds, agrees within 0.5 %. */
export async function agreesWithLightGbm(folder: string, comparison: Comparison): Promise<void> {
  const { name, train, test, parameters, seeds, measures } = comparison;
  const files = {
    train: writeRows(join(folder, `${name}-train.csv`), train),
    test: writeRows(join(folder, `${name}-test.csv`), test),
  };
  const [answers] = await genuine<(number[] | number[][])[]>(folder, [{ do: 'boost', ...files, parameters, seeds }]);
  const models: TreeModel[] = [];
  for (const seed of seeds) models.push(await trainTrees(train, undefined, { ...parameters, seed }));
  const ours = models.map((model) => predict(model, test.matrix));
  const theirs = answers!.map(outputsOf);
  for (const [figure, measure] of Object.entries(measures)) agrees(`${name} ${figure}`, measure, test, ours, theirs);
}

/** |ours - theirs| <= 0.5 % of theirs, each the mean of several trainings; says both. */
export function agrees(
  what: string,
  measure: Measure,
  { target }: Training,
  ours: Float64Array[][],
  theirs: Float64Array[][],
): void {
  const [own, other] = [ours, theirs].map((all) => mean(all.map((outputs) => measure(target, outputs)))) as [
    number,
    number,
  ];
  assert.ok(Number.isFinite(own), `${what} is ${own}`);
  process.stdout.write(`      ${what}: ${own.toPrecision(8)} here, ${other.toPrecision(8)} genuine\n`);
  assert.ok(Math.abs(own - other) <= 0.005 * Math.abs(other), `${what}: ${own} here, ${other} genuine`);
}

/** As `agreesWithLightGbm`, random forests here and in scikit-learn. */
export async function forestsAgree(folder: string, comparison: Comparison): Promise<void> {
  const { name, train, test, parameters, seeds, measures } = comparison;
  const { task, ...own } = parameters;
  const files = {
    train: writeRows(join(folder, `${name}-train.csv`), train),
    test: writeRows(join(folder, `${name}-test.csv`), test),
  };
  const job = { do: 'forest', ...files, regression: task === 'regression', parameters: own, seeds };
  const [answers] = await genuine<(number[] | number[][])[]>(folder, [job]);
  const ours: Float64Array[][] = [];
  for (const random_state of seeds)
    ours.push(predict(await trainForest(train, { ...parameters, random_state }), test.matrix));
  const theirs = answers!.map(outputsOf);
  for (const [figure, measure] of Object.entries(measures)) agrees(`${name} ${figure}`, measure, test, ours, theirs);
}

/** 1,500 rows: numbers, a fifth of them missing in one column, zeros, and 12 categories, some of which are rare. */
export function mixedRows(targetOf: (score: number, noise: number) => number): Training {
  const u = lcgNumbers(5);
  const rows = Array.from({ length: 1500 }, () => {
    const [a, b, c] = [u() * 10 - 5, u(), Math.floor(u() * u() * 12)] as [number, number, number];
    const score = 0.4 * a + (c % 3) - 2 * Math.abs(b - 0.5);
    return { cells: [a, u() < 0.2 ? NaN : b, c, u() < 0.3 ? 0 : u()], target: targetOf(score, u()) };
  });
  const columns = ['a', 'b', 'kind', 'zeros'];
  const values = columns.map((_, place) => Float64Array.from(rows, ({ cells }) => cells[place]!));
  return { matrix: { columns, values, rows: rows.length }, target: Float64Array.from(rows, ({ target }) => target) };
}

export interface Linear {
  coefficients: number[][];
  intercepts: number[];
}

/** On columns of one size scikit-learn's own optimiser gets as near to the optimum as is asked here. */
export function standardised(training: Training): Training {
  const steps = fitPreprocessing([{ step: 'scale' }], training.matrix);
  return { ...training, matrix: applyPreprocessing(steps, training.matrix) };
}

/** To 1e-6, relative to the largest: a coefficient next to zero is no more exact than the others. */
export function coefficientsAgree(what: string, ours: Linear, theirs: Linear): void {
  assert.equal(ours.coefficients.length, theirs.coefficients.length);
  const all = [...theirs.coefficients.flat(), ...theirs.intercepts];
  const own = [...ours.coefficients.flat(), ...ours.intercepts];
  const largest = Math.max(...theirs.coefficients.flat().map(Math.abs));
  const worst = Math.max(
    ...own.map((value, place) => Math.abs(value - all[place]!) / Math.max(largest, Math.abs(all[place]!))),
  );
  process.stdout.write(`      ${what}: largest difference ${worst.toExponential(1)} of the largest coefficient\n`);
  assert.ok(worst <= 1e-6, `${what}: largest difference ${worst}`);
}
