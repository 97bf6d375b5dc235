import { InputError } from '../../../common/errors.js';
import type { TrainingHooks } from '../../progress.js';
import type { Training } from '../../table/matrix.js';
import { rawScores } from '../predict-trees.js';
import type { TreeModel } from '../tree-model.js';
import { trainTrees } from './train-trees.js';

/**
 * Trains further rounds on top of a model, on the same or on newer rows: the new trees learn what the model leaves, and
 * the result holds both (LightGBM's `init_model`).
 * @throws InputError if the table has other columns than the model, or as `trainTrees`
 */
export async function continueTrees(
  model: TreeModel,
  training: Training,
  validation: Training | undefined,
  given: Record<string, unknown>,
  hooks: TrainingHooks = {},
): Promise<TreeModel> {
  if (model.averageOutput) throw new InputError('a forest cannot be trained further');
  if (training.matrix.columns.join('\n') !== model.featureNames.join('\n'))
    throw new InputError(
      `the model was trained on ${model.featureNames.join(', ')}; found ${training.matrix.columns.join(', ')}`,
    );
  const startFrom = (rows: Training): Training => ({ ...rows, initScore: rawScores(model, rows.matrix) });
  const more = await trainTrees(startFrom(training), validation && startFrom(validation), given, hooks);
  if (more.objective !== model.objective)
    throw new InputError(`the model's objective is "${model.objective}", found "${more.objective}"`);
  return { ...more, trees: [...model.trees, ...more.trees], bestRound: model.bestRound + more.bestRound };
}
