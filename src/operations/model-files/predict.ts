import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { writeAtomic } from '../../common/files.js';
import { modelTable } from '../../models/bundle/score.js';
import { firstUnscored, unscoredText } from '../../models/explain/unscored.js';
import { predict } from '../../models/predict.js';
import type { Matrix } from '../../models/table/matrix.js';
import { unseenCategories } from '../../models/trees/model-columns.js';
import { type ModelFile, readModelFile } from '../../pipeline/model-files/model-file.js';
import { csvBlocks } from '../../pipeline/model-files/predictions-csv.js';
import { type PredictionKind, predictionsOf } from '../../pipeline/model-files/predictions.js';
import { readInputs } from '../../pipeline/model-files/read-inputs.js';
import { readRows, type RowReading } from '../../pipeline/model-files/read-rows.js';
import { makesFiles } from '../operation.js';

interface ToPredict {
  model: string;
  data: string;
  kind: PredictionKind;
  reading: RowReading;
  /** Where to as CSV; without it they are only returned. */
  out?: string;
}

/** What a model file says of each row of a table. */
export const predictModelFile = makesFiles(
  'model-files.predict',
  async ({ signal, progress, warn }, { model, data, kind, reading, out }: ToPredict) => {
    const file = await readModelFile(model);
    if (reading.target !== undefined && reading.header && file.bundle === null)
      throw new InputError(
        'model predict: found --target, which does nothing here; columns with names are found by them',
      );
    const rows = await readMatrix(data, file, { ...reading, say: progress }, signal);
    const matrix = file.bundle ? modelTable(file.bundle, rows) : rows;
    const predictions = named(data, () => predictionsOf(file.model, matrix, kind, file.bundle?.classes));
    checkScores(data, file, rows, matrix);
    sayUnseen(warn, data, file, matrix);
    if (out !== undefined) {
      const body = Buffer.concat([...csvBlocks(predictions, signal)]);
      await writeAtomic(resolve(out), body, { temporary: dirname(resolve(out)) });
    }
    return predictions;
  },
);

/** A table's rows as the model takes them, before its preprocessing. */
async function readMatrix(data: string, file: ModelFile, reading: RowReading, signal: AbortSignal): Promise<Matrix> {
  if (file.bundle) return readInputs(data, file.bundle, reading, signal);
  if (file.model.kind === 'trees') return readRows(data, file.model, reading, signal);
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
function sayUnseen(warn: (text: string) => void, data: string, { model }: ModelFile, matrix: Matrix): void {
  if (model.kind !== 'trees') return;
  for (const { column, values, rows } of unseenCategories(model, matrix)) {
    const shown = values.slice(0, mostNamed).join(', ') + (values.length > mostNamed ? ', …' : '');
    warn(
      `${basename(data)}, column ${column}: ${rows} rows hold values that the model does not know (${shown}): read as missing`,
    );
  }
}
