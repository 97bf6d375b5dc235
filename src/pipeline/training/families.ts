import type { LinearModel } from '../../models/linear/linear-model.js';
import { trainLogistic } from '../../models/linear/train-logistic.js';
import { trainRidge } from '../../models/linear/train-ridge.js';
import { trainForest } from '../../models/forest/train-forest.js';
import { trainTrees } from '../../models/trees/train/train-trees.js';
import type { TrainingHooks } from '../../models/progress.js';
import type { Training } from '../../models/table/matrix.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import type { Candidate, ProjectFile } from '../../project/schema.js';

export interface FittedFamily {
  model: TreeModel | LinearModel;
  /** Goes into the bundle's metadata, under the names that readers of the file know. */
  metadata: Record<string, unknown>;
  training: { rounds?: number; bestIteration?: number; [figure: string]: unknown };
}

/** Calls the learner of the candidate's family with its class weights in the learner's own terms. */
export async function fitFamily(
  task: ProjectFile['model']['task'],
  candidate: Candidate,
  fit: Training,
  validation: Training,
  hooks: TrainingHooks,
): Promise<FittedFamily> {
  switch (candidate.family) {
    case 'lightgbm':
      return boosted(task, candidate, fit, validation, hooks);
    case 'random-forest': {
      const weight = candidate.classWeight === 'balanced' ? { class_weight: 'balanced' } : {};
      const forest = { task, ...weight, ...candidate.parameters };
      return { model: await trainForest(fit, forest, hooks), metadata: {}, training: {} };
    }
    case 'logistic-regression': {
      const weight = candidate.classWeight === 'balanced' ? { class_weight: 'balanced' } : {};
      return linear(await trainLogistic(fit, { ...weight, ...candidate.parameters }, hooks));
    }
    case 'ridge':
      return linear(trainRidge(fit, candidate.parameters));
  }
}

function linear(model: LinearModel): FittedFamily {
  return { model, metadata: {}, training: { converged: model.converged, iterations: model.iterations } };
}

async function boosted(
  task: ProjectFile['model']['task'],
  candidate: Candidate,
  fit: Training,
  validation: Training,
  hooks: TrainingHooks,
): Promise<FittedFamily> {
  const weight = positiveWeight(candidate, fit.target);
  const objective = task === 'binary' ? { objective: 'binary', metric: 'auc' } : { objective: 'regression' };
  const parameters = {
    ...objective,
    ...(weight === null ? {} : { scale_pos_weight: weight }),
    ...candidate.parameters,
  };
  const model = await trainTrees(fit, validation, parameters, hooks);
  const bestIteration = model.bestRound;
  return { model, metadata: { best_iteration: bestIteration, scale_pos_weight: weight }, training: { bestIteration } };
}

/** What one positive row counts; null leaves every row at 1, also when a class is absent. */
function positiveWeight(candidate: Candidate, target: Float64Array): number | null {
  const positives = target.reduce((count, label) => count + (label > 0 ? 1 : 0), 0);
  const ratio = (target.length - positives) / positives;
  if (candidate.classWeight === undefined || positives === 0 || ratio === 0) return null;
  return candidate.classWeight === 'sqrt' ? Math.sqrt(ratio) : ratio;
}
