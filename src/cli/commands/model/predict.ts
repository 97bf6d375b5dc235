import { InputError } from '../../../common/errors.js';
import { predictModelFile } from '../../../operations/model-files/predict.js';
import { csvBlocks } from '../../../pipeline/model-files/predictions-csv.js';
import type { PredictionKind, Predictions } from '../../../pipeline/model-files/predictions.js';
import type { Flags, LoneWork } from '../../command-runner.js';
import { performOnFiles } from '../../perform.js';
import { tableFlags } from '../../table-options.js';

/** `mlops model predict`: a model file and a table in, CSV with 17 significant digits out. */
export const predictCommand: LoneWork = async (output, _args, flags, signal) => {
  const { model, data, out, target } = flags as Record<string, string>;
  const reading = { ...tableFlags(flags, [data!]), target };
  const asked = { model: model!, data: data!, kind: kindOf(flags), reading, out };
  const predictions = await performOnFiles({ output, signal }, predictModelFile, asked);
  const { columns, rows } = predictions;
  if (out !== undefined)
    output.result({ kind: 'predictions', schemaVersion: 1, out, columns, rows }, () => `${out}: ${rows} rows`);
  else if (output.json)
    output.result({ kind: 'predictions', schemaVersion: 1, columns, rows: listOf(predictions) }, () => '');
  else for (const block of csvBlocks(predictions, signal)) output.raw(block);
};

function kindOf(flags: Flags): PredictionKind {
  const asked = (['raw', 'leaf', 'contributions'] as const).filter((kind) => flags[kind] === true);
  if (asked.length > 1)
    throw new InputError(`found ${asked.map((kind) => `--${kind}`).join(' and ')}, expected one of them`);
  return asked[0] ?? 'prediction';
}

const listOf = ({ columns, rows, value }: Predictions): number[][] =>
  Array.from({ length: rows }, (_, row) => columns.map((_name, column) => value(row, column)));
