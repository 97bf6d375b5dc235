import { basename } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { NumericReading } from '../../data/numeric-table.js';
import type { Progress } from '../../models/progress.js';
import { readParameters } from '../../models/trees/parameters/read-parameters.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { classesTakenForValues, taskOf } from '../../pipeline/model-files/families.js';
import { fitModel, type Fitted } from '../../pipeline/model-files/fit.js';
import { readModelFile } from '../../pipeline/model-files/model-file.js';
import { type ParameterFile, readParameterFile } from '../../pipeline/model-files/read-parameters.js';
import { readTraining, type TrainingTable } from '../../pipeline/model-files/read-training.js';
import { saveFitted } from '../../pipeline/model-files/save-fitted.js';
import { sidecarsOf } from '../../pipeline/model-files/sidecars.js';
import { validationFigures } from '../../pipeline/model-files/validation-figures.js';
import { makesFiles } from '../operation.js';

type Say = (text: string) => void;

/** A table to learn from, how, and where the model goes. */
interface ToTrain {
  data: string;
  target: string;
  /** Rows to measure each round on. */
  validation?: string;
  /** A JSON file of parameters. */
  params: string;
  out: string;
  family?: string;
  /** Boosted trees to train further. */
  initModel?: string;
  /** Columns not to learn from. */
  ignore: string[];
  sidecars: boolean;
  reading: NumericReading;
  /** Each round; `every`: a line every so many rounds, as the parameters have it. */
  onRound: (progress: Progress, every: number | null) => void;
  /** Whether somebody insists on being told of each round. */
  insist: boolean;
}

/**
 * A table in, a model out: trees in LightGBM's text format, or with preprocessing, words as classes or linear
 * coefficients a bundle.
 */
export const trainModelFile = makesFiles('model-files.train', async ({ signal, progress, warn }, input: ToTrain) => {
  const { data, target, validation: held, params, out, ignore, sidecars } = input;
  const asked = await readParameterFile(params, input.family);
  for (const note of asked.notes) progress(note);
  const first = input.initModel === undefined ? undefined : await treesOf(input.initModel);
  const boosted = asked.family === 'lightgbm' || asked.family === 'xgboost';
  if (first && !boosted) throw new InputError(`--init-model continues boosted trees, found family ${asked.family}`);
  if (input.insist && !boosted && asked.family !== 'random-forest')
    throw new InputError('model train: found --progress, which does nothing here; it has no rounds to tell of');
  if (held === undefined && boosted && readParameters(asked.parameters).early_stopping_round > 0)
    warn(`${params}: early_stopping_round does nothing without --validation`);

  const words = taskOf(asked.family, asked.parameters) !== 'regression';
  const reading = { ...input.reading, target, ignore, sidecars, words, roles: asked.roles, say: progress };
  const training = await blame(asked, undefined, () => readTraining(data, reading, signal));
  const validation = held === undefined ? undefined : await readTraining(held, reading, signal, training);
  sayWhatWasRead(progress, data, training, sidecars);
  sayTask(warn, asked, training, target);
  const figures: Record<string, number>[] = [];
  const onRound = (round: Progress) => {
    figures.push(round.metrics);
    input.onRound(round, asked.every);
  };
  const fitted = await blame(asked, data, () => fitModel(asked, training, validation, first, { onRound, signal }));
  const rounds = fitted.model.kind === 'trees' ? fitted.model.bestRound - (first?.bestRound ?? 0) : 0;
  const measured = boosted ? (figures[rounds - 1] ?? {}) : validationFigures(fitted);
  const bundled = await saveFitted(out, fitted, training, asked.family, target);
  return reportOf(fitted, asked, { out, bundled, rows: training.matrix.rows, measured });
});

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
function sayTask(warn: Say, { family, parameters }: ParameterFile, { target }: TrainingTable, name: string): void {
  const classes = classesTakenForValues(family, parameters, target);
  if (classes === null) return;
  const { count, largest } = classes;
  const several =
    family === 'random-forest' ? '"task": "multiclass"' : `"objective": "multiclass", "num_class": ${largest + 1}`;
  const say = largest === 1 ? '"objective": "binary"' : several;
  warn(`${name} holds ${count} whole numbers and is learned as a value (regression); if they are classes: ${say}`);
}

function sayWhatWasRead(say: Say, file: string, { matrix, classes }: TrainingTable, sidecars: boolean): void {
  say(`${matrix.rows} rows, ${matrix.columns.length} columns to learn from`);
  if (classes) say(`classes ${classes.map((word, place) => `${place} ${word}`).join(', ')}`);
  const beside = sidecarsOf(file);
  if (!sidecars && beside.length > 0) say(`${beside.join(' and ')} not read; for that: --sidecars`);
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
