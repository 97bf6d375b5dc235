import { InputError, ParameterError } from '../../../common/errors.js';
import { formatDouble } from '../../lightgbm-text/format-number.js';
import type { TrainingHooks } from '../../progress.js';
import type { Training } from '../../table/matrix.js';
import { yieldOften } from '../../yield-often.js';
import { binData, type BinnedData } from '../bins/binned-data.js';
import type { Objective } from '../objectives/objective.js';
import { openObjective } from '../objectives/open-objective.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { parametersText } from '../parameters/parameters-text.js';
import { readParameters } from '../parameters/read-parameters.js';
import type { Tree } from '../tree.js';
import type { TreeModel } from '../tree-model.js';
import { boost } from './boosting.js';
import { categoricalColumns, categoriesOf } from './categorical-columns.js';
import { type EarlyStopping, earlyStopping } from './early-stopping.js';
import { judgeOf } from './judge.js';
import { wordsOf } from '../../table/columns.js';

/**
 * Trains gradient-boosted trees as LightGBM does: same binning, same splits, same outputs.
 * @param validation rows to measure each round on; needed for early stopping, after which the model holds the best rounds
 * @param given LightGBM's parameter names and aliases
 * @throws InputError for parameters or targets that cannot be used, CancelledError when the hooks' signal is aborted
 */
export async function trainTrees(
  training: Training,
  validation: Training | undefined,
  given: Record<string, unknown>,
  hooks: TrainingHooks = {},
): Promise<TreeModel> {
  const parameters = readParameters(given);
  checkTraining(training);
  const weight = training.weight ? Float32Array.from(training.weight) : null;
  const objective = openObjective({ target: training.target, weight }, parameters);
  if (training.initScore && training.initScore.length !== objective.outputs)
    throw new InputError(`found ${training.initScore.length} outputs to start from, expected ${objective.outputs}`);
  const categorical = categoricalColumns(training.matrix, parameters);
  checkConstraints(parameters, objective, training.matrix.columns.length);
  const threads = 1 + (hooks.crew?.helpers ?? 0);
  const data = binData(training.matrix, parameters, categorical, objective.outputs, threads);
  const boosting = boost(training, data, objective, parameters);
  const judge = validation ? judgeOf(validation, training, objective, parameters) : null;
  const stopping = judge && earlyStopping(judge.metrics, parameters);
  const release = hooks.crew && (await data.memory.share(hooks.crew));
  const best = await allRounds(boosting, judge, stopping, parameters, hooks).finally(release);
  const rounds =
    best ?? (stopping && stopping.best() > 0 ? stopping.best() : boosting.trees.length / objective.outputs);
  // Genuine LightGBM only reads a file in which these are places.
  const followed = { ...parameters, categorical_feature: [...categorical].sort((a, b) => a - b).map(String) };
  return modelOf(training, data, objective, followed, boosting.trees.slice(0, rounds * objective.outputs));
}

/** @returns the best round where the training was stopped for want of improvement, else null */
async function allRounds(
  boosting: ReturnType<typeof boost>,
  judge: ReturnType<typeof judgeOf> | null,
  stopping: EarlyStopping | null,
  { num_iterations: rounds }: TrainingParameters,
  hooks: TrainingHooks,
): Promise<number | null> {
  const pause = yieldOften(hooks);
  for (let round = 1; round <= rounds; round++) {
    await pause();
    const trees = boosting.nextRound();
    if (!trees) return null;
    const figures = judge ? judge.afterTrees(trees) : [];
    hooks.onRound?.({ round, rounds, metrics: named(judge?.metrics ?? [], figures) });
    const best = stopping?.afterRound(round, figures) ?? null;
    if (best !== null) return best;
  }
  return null;
}

function checkTraining({ matrix, target, weight, initScore }: Training): void {
  if (matrix.rows === 0) throw new InputError('no rows to train on');
  if (matrix.columns.length === 0) throw new InputError('no columns to train on');
  if (target.length !== matrix.rows || (weight && weight.length !== matrix.rows))
    throw new InputError(
      `found ${matrix.rows} rows, ${target.length} targets and ${weight?.length ?? 'no'} weights, expected as many of each`,
    );
  if (initScore?.some((score) => score.length !== matrix.rows))
    throw new InputError(`expected ${matrix.rows} scores to start from, one a row`);
  const wrong = target.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected a number`);
  const negative = weight?.findIndex((value) => !(value >= 0)) ?? -1;
  if (negative >= 0)
    throw new InputError(`weight of row ${negative + 1} is ${weight![negative]!}, expected at least 0`);
}

function checkConstraints({ monotone_constraints }: TrainingParameters, objective: Objective, columns: number): void {
  if (monotone_constraints.length === 0) return;
  if (monotone_constraints.length !== columns)
    throw new ParameterError(
      `"monotone_constraints" has ${monotone_constraints.length} entries, expected ${columns}`,
      'monotone_constraints',
    );
  if (objective.leafValue)
    throw new ParameterError(
      `"monotone_constraints" cannot be kept with objective "${objective.text}"`,
      'monotone_constraints',
    );
}

function named(metrics: { name: string }[], figures: number[]): Record<string, number> {
  return Object.fromEntries(metrics.map(({ name }, index) => [name, figures[index]!]));
}

function modelOf(
  { matrix }: Training,
  data: BinnedData,
  objective: Objective,
  parameters: TrainingParameters,
  trees: Tree[],
): TreeModel {
  const infos = matrix.columns.map((name) => unusedInfo(wordsOf(matrix, name)));
  data.mappers.forEach(({ least, most, bounds, categories }, place) => {
    const range = `[${formatDouble(least)}:${formatDouble(most)}]`;
    infos[data.features[place]!] = categories ? bounds.join(':') : range;
  });
  return {
    kind: 'trees',
    featureNames: [...matrix.columns],
    featureInfos: infos,
    objective: objective.text,
    classes: objective.outputs,
    treesPerRound: objective.outputs,
    averageOutput: false,
    trees,
    monotoneConstraints: parameters.monotone_constraints.length > 0 ? parameters.monotone_constraints : null,
    parameters: parametersText(parameters),
    pandasCategorical: categoriesOf(matrix),
    bestRound: trees.length / objective.outputs,
  };
}

/** A column of categories that no split can use still shows as one, so that a reader tells whose list is whose. */
function unusedInfo(categories: string[] | undefined): string {
  if (categories === undefined) return 'none';
  return categories.length === 0 ? '-1' : categories.map((_, code) => code).join(':');
}
