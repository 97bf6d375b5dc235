import { basename, dirname, resolve } from 'node:path';
import { CancelledError, InputError } from '../../../common/errors.js';
import { writeAtomic } from '../../../common/files.js';
import { firstUnscored, unscoredText } from '../../../models/explain/unscored.js';
import { formatDouble } from '../../../models/lightgbm-text/format-number.js';
import type { Matrix } from '../../../models/table/matrix.js';
import { modelTable } from '../../../models/bundle/score.js';
import { predict } from '../../../models/predict.js';
import { unseenCategories } from '../../../models/trees/model-columns.js';
import type { Flags, LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import type { Output } from '../../output.js';
import { tableFlags } from '../../table-options.js';
import { type ModelFile, readModelFile } from '../../../pipeline/model-files/model-file.js';
import { type PredictionKind, type Predictions, predictionsOf } from '../../../pipeline/model-files/predictions.js';
import { readInputs } from '../../../pipeline/model-files/read-inputs.js';
import { readRows, type RowReading } from '../../../pipeline/model-files/read-rows.js';

const rowsAtOnce = 5000;

/** `mlops model predict`: a model file and a table in, CSV with 17 significant digits out. */
export const predictModelFile: LoneWork = async (output, _args, flags, signal) => {
  const { model: modelFile, data, out } = flags as Record<string, string>;
  const kind = kindOf(flags);
  const file = await readModelFile(modelFile!);
  refuseIdle('model predict', flags, [
    {
      option: 'target',
      met: flags.header === false || file.bundle !== null,
      expected: 'columns with names are found by them',
    },
  ]);
  const target = flags.target as string | undefined;
  const rows = await readMatrix(data!, file, { ...tableFlags(flags, [data!], output.note), target }, signal);
  const matrix = file.bundle ? modelTable(file.bundle, rows) : rows;
  const predictions = named(data!, () => predictionsOf(file.model, matrix, kind, file.bundle?.classes));
  checkScores(data!, file, rows, matrix);
  sayUnseen(output, data!, file, matrix);
  const { columns, rows: count } = predictions;
  if (out !== undefined) {
    const body = Buffer.concat([...csvBlocks(predictions, signal)]);
    await writeAtomic(resolve(out), body, { temporary: dirname(resolve(out)) });
    output.result({ kind: 'predictions', schemaVersion: 1, out, columns, rows: count }, () => `${out}: ${count} rows`);
  } else if (output.json) {
    output.result({ kind: 'predictions', schemaVersion: 1, columns, rows: listOf(predictions) }, () => '');
  } else for (const block of csvBlocks(predictions, signal)) output.raw(block);
};

/** A table's rows as the model takes them, before its preprocessing. */
async function readMatrix(data: string, file: ModelFile, flags: RowReading, signal: AbortSignal): Promise<Matrix> {
  if (file.bundle) return readInputs(data, file.bundle, flags, signal);
  if (file.model.kind === 'trees') return readRows(data, file.model, flags, signal);
  throw new InputError('a linear model without its bundle knows no columns');
}

/** What a model finds wrong with rows names their file. */
function named<Result>(data: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${basename(data)}: ${error.message}`, { cause: error }) : error;
  }
}

/** @throws InputError naming row and column where a linear model's score is no number; trees always give one */
function checkScores(data: string, { model, bundle }: ModelFile, rows: Matrix, matrix: Matrix): void {
  if (model.kind === 'trees') return;
  const unscored = firstUnscored(predict(model, matrix), rows, (one) =>
    predict(model, bundle ? modelTable(bundle, one) : one),
  );
  if (unscored) throw new InputError(`${basename(data)}, ${unscoredText(unscored)}`);
}

const mostNamed = 5;

/** Values that training never saw are missing to the model, as LightGBM has it; nobody should have to guess that. */
function sayUnseen(output: Output, data: string, { model }: ModelFile, matrix: Matrix): void {
  if (model.kind !== 'trees') return;
  for (const { column, values, rows } of unseenCategories(model, matrix)) {
    const shown = values.slice(0, mostNamed).join(', ') + (values.length > mostNamed ? ', …' : '');
    output.warn(
      `${basename(data)}, column ${column}: ${rows} rows hold values that the model does not know (${shown}): read as missing`,
    );
  }
}

function kindOf(flags: Flags): PredictionKind {
  const asked = (['raw', 'leaf', 'contributions'] as const).filter((kind) => flags[kind] === true);
  if (asked.length > 1)
    throw new InputError(`found ${asked.map((kind) => `--${kind}`).join(' and ')}, expected one of them`);
  return asked[0] ?? 'prediction';
}

function* csvBlocks({ columns, rows, value }: Predictions, signal: AbortSignal): Generator<Buffer> {
  yield Buffer.from(`${columns.map(quoted).join(',')}\n`);
  for (let from = 0; from < rows; from += rowsAtOnce) {
    if (signal.aborted) throw new CancelledError();
    let text = '';
    for (let row = from; row < Math.min(rows, from + rowsAtOnce); row++)
      text += `${columns.map((_, column) => formatDouble(value(row, column))).join(',')}\n`;
    yield Buffer.from(text);
  }
}

const quoted = (name: string): string => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

const listOf = ({ columns, rows, value }: Predictions): number[][] =>
  Array.from({ length: rows }, (_, row) => columns.map((_name, column) => value(row, column)));
