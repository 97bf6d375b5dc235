import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../../../common/errors.js';
import type { Bundle } from '../../../models/bundle/bundle.js';
import type { Progress } from '../../../models/progress.js';
import { readParameters } from '../../../models/trees/parameters/read-parameters.js';
import type { TreeModel } from '../../../models/trees/tree-model.js';
import type { LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { figure, type Output } from '../../output.js';
import { classesTakenForValues, type Family, taskOf } from '../../../pipeline/model-files/families.js';
import { fitModel, type Fitted } from '../../../pipeline/model-files/fit.js';
import { listFlag, tableFlags } from '../../table-options.js';
import { asksForBundle, readModelFile, writeBundle, writeTrees } from '../../../pipeline/model-files/model-file.js';
import { type ParameterFile, readParameterFile } from '../../../pipeline/model-files/read-parameters.js';
import { readTraining, type TrainingTable } from '../../../pipeline/model-files/read-training.js';
import { roundProgress } from '../../round-progress.js';
import { validationFigures } from '../../../pipeline/model-files/validation-figures.js';

/**
 * `mlops model train`: a table in, a model out: trees in LightGBM's text format, or with preprocessing, words as classes
 * or linear coefficients a bundle.
 */
export const trainModelFile: LoneWork = async (output, _args, flags, signal) => {
  const { data, validation: held, params, out, initModel } = flags as Record<string, string>;
  const asked = await readParameterFile(params!, flags.family as string | undefined);
  for (const note of asked.notes) output.note(note);
  const first = initModel === undefined ? undefined : await treesOf(initModel);
  const boosted = asked.family === 'lightgbm' || asked.family === 'xgboost';
  if (first && !boosted) throw new InputError(`--init-model continues boosted trees, found family ${asked.family}`);
  if (held === undefined && boosted && readParameters(asked.parameters).early_stopping_round > 0)
    output.warn(`${params!}: early_stopping_round does nothing without --validation`);

  const tables = [data, held].filter((file) => file !== undefined);
  refuseIdle('model train', flags, [
    { option: 'progress', met: boosted || asked.family === 'random-forest', expected: 'it has no rounds to tell of' },
    {
      option: 'sidecars',
      met: tables.some((file) => sidecarsOf(file).length > 0),
      expected: 'expected FILE.weight or FILE.init beside a table',
    },
  ]);
  const reading = {
    ...{
      ...tableFlags(flags, [data, held], output.note),
      target: flags.target as string,
      ignore: listFlag(flags.ignore),
      roles: asked.roles,
    },
    ...{ words: taskOf(asked.family, asked.parameters) !== 'regression', sidecars: flags.sidecars === true },
  };
  const training = await blame(asked, undefined, () => readTraining(data!, reading, signal));
  const validation = held === undefined ? undefined : await readTraining(held, reading, signal, training);
  sayWhatWasRead(output, data!, training, reading.sidecars);
  sayTask(output, asked, training, flags.target as string);
  const figures: Record<string, number>[] = [];
  const say = roundProgress(output, { every: asked.every, insist: flags.progress === true });
  const onRound = (progress: Progress) => {
    figures.push(progress.metrics);
    say(progress);
  };
  const hooks = { onRound, signal };
  const fitted = await blame(asked, data, () => fitModel(asked, training, validation, first, hooks));
  const rounds = fitted.model.kind === 'trees' ? fitted.model.bestRound - (first?.bestRound ?? 0) : 0;
  const measured = boosted ? (figures[rounds - 1] ?? {}) : validationFigures(fitted);
  const bundled = await save(out!, fitted, training, asked.family, flags);
  const report = reportOf(fitted, asked, { out: out!, bundled, rows: training.matrix.rows, measured });
  output.result(report, () => reportText(report, held));
};

/** The trees of a model to go on from. */
async function treesOf(file: string): Promise<TreeModel> {
  const { model, bundle } = await readModelFile(file);
  if (model.kind === 'trees' && (bundle?.preprocessing.length ?? 0) === 0) return model;
  throw new InputError(
    `${file}: found ${model.kind === 'trees' ? 'trees behind preprocessing' : 'a linear model'}, expected boosted trees alone`,
  );
}

/** An error that names a parameter belongs to the file of parameters and its line; one of a learner to the table `of`. */
async function blame<Result>(
  asked: ParameterFile,
  of: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const located = asked.located(error);
    if (located) throw located;
    throw of === undefined ? error : new InputError(`${basename(of)}: ${error.message}`, { cause: error });
  }
}

/** Classes that are numbers are learned as values unless an objective says otherwise: 2 then counts as twice 1. */
function sayTask(output: Output, { family, parameters }: ParameterFile, { target }: TrainingTable, name: string): void {
  const classes = classesTakenForValues(family, parameters, target);
  if (classes === null) return;
  const { count, largest } = classes;
  const several =
    family === 'random-forest' ? '"task": "multiclass"' : `"objective": "multiclass", "num_class": ${largest + 1}`;
  const say = largest === 1 ? '"objective": "binary"' : several;
  output.warn(
    `${name} holds ${count} whole numbers and is learned as a value (regression); if they are classes: ${say}`,
  );
}

function sayWhatWasRead(output: Output, file: string, { matrix, classes }: TrainingTable, sidecars: boolean): void {
  output.note(`${matrix.rows} rows, ${matrix.columns.length} columns to learn from`);
  if (classes) output.note(`classes ${classes.map((word, place) => `${place} ${word}`).join(', ')}`);
  const beside = sidecarsOf(file);
  if (!sidecars && beside.length > 0) output.note(`${beside.join(' and ')} not read; for that: --sidecars`);
}

/** Weights and first scores, as LightGBM's command line finds them. */
const sidecarsOf = (file: string): string[] =>
  ['weight', 'init'].map((kind) => `${file}.${kind}`).filter((path) => existsSync(path));

/** Writes trees alone where they say all, else a bundle; returns whether it is one. */
async function save(
  out: string,
  { model, task, preprocessing }: Fitted,
  training: TrainingTable,
  family: Family,
  flags: Record<string, unknown>,
): Promise<boolean> {
  const { matrix, classes, others } = training;
  const alone = model.kind === 'trees' && preprocessing.length === 0 && classes === null;
  if (alone && !(await asksForBundle(out))) {
    await writeTrees(out, model);
    return false;
  }
  const bundle: Bundle = {
    ...{ kind: 'model-bundle', schemaVersion: 1, task, family, preprocessing, model, threshold: null },
    inputs: matrix.columns.map((name) => ({ name, type: matrix.categories?.[name] ? 'category' : 'number' })),
    ...(classes ? { classes } : {}),
    // What a table to predict may hold besides the inputs.
    metadata: { target: flags.target, other_columns: others },
  };
  await writeBundle(out, bundle);
  return true;
}

interface Written {
  out: string;
  bundled: boolean;
  rows: number;
  measured: Record<string, number | null>;
}

function reportOf(
  { model, task }: Fitted,
  { family, notes }: ParameterFile,
  { out, bundled, rows, measured }: Written,
) {
  const trees = model.kind === 'trees' ? model : null;
  return {
    ...{ kind: 'model-training', schemaVersion: 1, model: out, bundle: bundled, family, task },
    ...{ objective: trees?.objective ?? null, rows, features: model.featureNames.length },
    ...{ rounds: trees?.bestRound ?? null, trees: trees?.trees.length ?? null },
    ...(trees?.outOfBag ? { outOfBag: trees.outOfBag } : {}),
    ...(model.kind === 'linear'
      ? { converged: model.converged, iterations: model.iterations, gradient: model.gradient }
      : {}),
    ...{ validation: measured, notes },
  };
}

function reportText(report: ReturnType<typeof reportOf>, validation: string | undefined): string {
  const figures = Object.entries(report.validation).map(([name, value]) => `${name} ${figure(value)}`);
  const on = figures.length > 0 ? `; on ${validation}: ${figures.join(', ')}` : '';
  const unseen = report.outOfBag ? `; out of bag ${figure(report.outOfBag.score)}` : '';
  const what =
    report.trees === null
      ? `${report.family}, ${report.converged ? 'converged' : 'NOT converged'} in ${report.iterations} iterations`
      : `${report.trees} trees of ${report.rounds} rounds`;
  const form = report.bundle ? ' (a bundle: model and preprocessing)' : '';
  return `${report.model}${form}: ${what}, ${report.features} features, from ${report.rows} rows${unseen}${on}`;
}
