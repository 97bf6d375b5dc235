import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { writeAtomic } from '../../common/files.js';
import { type Progress, readParameters, trainTrees, type TreeModel, writeLightGbm } from '../../models/index.js';
import type { LoneWork } from '../act.js';
import { figure } from '../output.js';
import { listFlag, tableFlags } from './flags.js';
import { readParameterFile } from './read-parameters.js';
import { readTraining } from './read-training.js';

/** `mlops model train`: a table in, a model in LightGBM's text format out, a line a round on stderr. */
export const trainModelFile: LoneWork = async (output, _args, flags, signal) => {
  const { data, validation: validationFile, params, out } = flags as Record<string, string>;
  const { parameters, notes } = await readParameterFile(params!);
  for (const note of notes) output.note(note);
  if (validationFile === undefined && readParameters(parameters).early_stopping_round > 0)
    output.warn(`${params!}: early_stopping_round does nothing without --validation`);

  const reading = { ...tableFlags(flags), target: flags.target as string, ignore: listFlag(flags.ignore) };
  const training = await readTraining(data!, reading, signal);
  const validation =
    validationFile === undefined ? undefined : await readTraining(validationFile, reading, signal, training.matrix);
  output.note(`${training.matrix.rows} rows, ${training.matrix.columns.length} columns to learn from`);
  const figures: Record<string, number>[] = [];
  const onRound = (progress: Progress) => {
    figures.push(progress.metrics);
    output.note(roundText(progress));
  };
  const model = await trainTrees(training, validation, parameters, { onRound, signal }).catch((error: unknown) => {
    throw error instanceof InputError
      ? new InputError(`${basename(data!)}: ${error.message}`, { cause: error })
      : error;
  });
  await writeAtomic(resolve(out!), writeLightGbm(model), { temporary: dirname(resolve(out!)) });
  const report = reportOf(model, out!, training.matrix.rows, figures[model.bestRound - 1] ?? {}, notes);
  output.result(report, () => reportText(report, validationFile));
};

function roundText({ round, rounds, metrics }: Progress): string {
  return [`round ${round} of ${rounds}`, ...Object.entries(metrics).map(([name, value]) => `${name} ${value}`)].join(
    '  ',
  );
}

function reportOf(model: TreeModel, file: string, rows: number, validation: Record<string, number>, notes: string[]) {
  const { trees, bestRound, featureNames, objective } = model;
  return {
    model: file,
    objective,
    rows,
    features: featureNames.length,
    rounds: bestRound,
    trees: trees.length,
    validation,
    notes,
  };
}

function reportText(report: ReturnType<typeof reportOf>, validation: string | undefined): string {
  const figures = Object.entries(report.validation).map(([name, value]) => `${name} ${figure(value)}`);
  const on = figures.length > 0 ? `; on ${validation}: ${figures.join(', ')}` : '';
  return `${report.model}: ${report.trees} trees of ${report.rounds} rounds, ${report.features} features, from ${report.rows} rows${on}`;
}
