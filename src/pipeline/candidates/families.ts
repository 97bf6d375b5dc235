import type { OwnModel, UrlModel } from '../../models/bundle/outside-model.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import { UnknownParameter } from '../../common/errors.js';
import { readForestOptions } from '../../models/forest/forest-options.js';
import { readLogisticOptions, trainLogistic } from '../../models/linear/train-logistic.js';
import { readRidgeOptions, trainRidge } from '../../models/linear/train-ridge.js';
import { trainForest } from '../../models/forest/train-forest.js';
import { trainTrees } from '../../models/trees/train/train-trees.js';
import { readParameters } from '../../models/trees/parameters/read-parameters.js';
import { ALIASES } from '../../models/trees/parameters/names.js';
import type { TrainingHooks } from '../../models/progress.js';
import type { Training } from '../../models/table/matrix.js';
import { balancedWeights, weightsOfRows } from '../../models/class-weights.js';
import type { ClassWeight } from '../../models/read-options.js';
import type { Task } from '../../models/task.js';
import type { Candidate } from '../../project/schema.js';
import { givenMetadata, givenModel } from './given.js';

export interface FittedFamily {
  model: OwnModel | UrlModel;
  /** Goes into the bundle's metadata, under the names that readers of the file know. */
  metadata: Record<string, unknown>;
  training: { rounds?: number; bestIteration?: number; [figure: string]: unknown };
}

/** Calls the learner of the candidate's family with its class weights in the learner's own terms. */
export async function fitFamily(
  task: Task,
  candidate: Candidate,
  fit: Training,
  validation: Training | undefined,
  hooks: TrainingHooks,
  classes?: readonly string[],
): Promise<FittedFamily> {
  const classWeight = classWeights(task, candidate, fit.target);
  const weighted = classWeight === null ? {} : { class_weight: classWeight };
  switch (candidate.family) {
    case 'lightgbm': {
      const own = task === 'multiclass' ? { ...fit, weight: weightsOfRows(fit.target, undefined, classWeight) } : fit;
      return boosted(task, candidate, own, validation, hooks);
    }
    case 'random-forest': {
      const forest = { task, ...weighted, ...candidate.parameters };
      return { model: await trainForest(fit, forest, hooks), metadata: {}, training: {} };
    }
    case 'logistic-regression':
      return linear(await trainLogistic(fit, { ...weighted, ...candidate.parameters }, hooks));
    case 'ridge':
      return linear(trainRidge(fit, candidate.parameters));
    case 'given':
      return { model: givenModel(candidate, classes), metadata: givenMetadata(candidate), training: {} };
  }
}

/** What rows of a class weigh, as learners take it. */
function classWeights(task: Task, candidate: Candidate, target: Float64Array): ClassWeight {
  const { classWeight = null } = candidate;
  if (classWeight !== 'sqrt') return classWeight;
  if (task === 'binary') return { 1: positiveWeight(candidate, target) ?? 1 };
  return balancedWeights(target, Math.sqrt);
}

/** How each family reads its parameters. */
const readers: Record<Candidate['family'], (given: Record<string, unknown>) => unknown> = {
  lightgbm: readParameters,
  'random-forest': (given) => readForestOptions({ task: 'binary', ...given }),
  'logistic-regression': readLogisticOptions,
  ridge: readRidgeOptions,
  given: () => undefined,
};

/**
 * Makes sure that a family knows parameters of these names, whatever their values: before anything is tried with them.
 * @throws UnknownParameter with the nearest name that it knows
 */
export function checkNames(family: Candidate['family'], names: readonly string[]): void {
  for (const name of names) {
    try {
      readers[family]({ [name]: null });
    } catch (error) {
      if (error instanceof UnknownParameter) throw error;
    }
  }
}

function linear(model: LinearModel): FittedFamily {
  return { model, metadata: {}, training: { converged: model.converged, iterations: model.iterations } };
}

async function boosted(
  task: Task,
  candidate: Candidate,
  fit: Training,
  validation: Training | undefined,
  hooks: TrainingHooks,
): Promise<FittedFamily> {
  const weight = task === 'binary' ? positiveWeight(candidate, fit.target) : null;
  const parameters = {
    ...objectiveOf(task, fit.target),
    ...(weight === null ? {} : { scale_pos_weight: weight }),
    ...candidate.parameters,
  };
  const model = await trainTrees(fit, validation, parameters, hooks);
  const bestIteration = model.bestRound;
  return { model, metadata: { best_iteration: bestIteration, scale_pos_weight: weight }, training: { bestIteration } };
}

function objectiveOf(task: Task, target: Float64Array): Record<string, unknown> {
  if (task === 'regression') return { objective: 'regression' };
  if (task === 'binary') return { objective: 'binary', metric: 'auc' };
  return { objective: 'multiclass', num_class: target.reduce((most, label) => Math.max(most, label), 0) + 1 };
}

/** The names that each family knows its number of rounds or trees by, its own first, and what it is by default. */
const rounds: Partial<Record<Candidate['family'], { names: string[]; standard: number }>> = {
  lightgbm: { names: ['num_iterations', ...(ALIASES.num_iterations ?? [])], standard: 100 },
  'random-forest': { names: ['n_estimators'], standard: 100 },
};

/** How many rounds or trees a candidate asks for; null for a family that has none. */
export function roundsOf({ family, parameters }: Candidate): number | null {
  const known = rounds[family];
  if (known === undefined) return null;
  const name = known.names.find((one) => parameters[one] !== undefined);
  return name === undefined ? known.standard : Number(parameters[name]);
}

/** The same candidate with a share of its rounds or trees, one at least. */
export function withRounds(candidate: Candidate, share: number): Candidate {
  const [name, ...others] = rounds[candidate.family]?.names ?? [];
  const asked = roundsOf(candidate);
  if (name === undefined || asked === null) return candidate;
  const kept = Object.entries(candidate.parameters).filter(([key]) => !others.includes(key));
  return { ...candidate, parameters: { ...Object.fromEntries(kept), [name]: Math.max(1, Math.round(asked * share)) } };
}

/** The same candidate with as many rounds as were found to be best, and nothing to stop it before. */
export function withBestRounds(candidate: Candidate, best: number): Candidate {
  const stops = ['early_stopping_round', ...(ALIASES.early_stopping_round ?? [])];
  const kept = Object.entries(candidate.parameters).filter(([name]) => !stops.includes(name));
  const unstopped = { ...candidate, parameters: Object.fromEntries(kept) };
  const asked = roundsOf(unstopped);
  return asked === null ? unstopped : withRounds(unstopped, best / asked);
}

/** What one positive row counts; null leaves every row at 1, also when a class is absent. */
function positiveWeight(candidate: Candidate, target: Float64Array): number | null {
  const positives = target.reduce((count, label) => count + (label > 0 ? 1 : 0), 0);
  const ratio = (target.length - positives) / positives;
  if (candidate.classWeight === undefined || positives === 0 || ratio === 0) return null;
  return candidate.classWeight === 'sqrt' ? Math.sqrt(ratio) : ratio;
}
