import type { LinearModel } from '../../models/linear/linear-model.js';
import { importance } from '../../models/trees/importance.js';
import type { TreeModel } from '../../models/trees/tree-model.js';
import { columnEffects, type LookedAt } from '../../pipeline/model-files/column-effects.js';
import { type ModelFile, readModelFile } from '../../pipeline/model-files/model-file.js';
import { answer } from '../answer.js';
import { readsFiles } from '../operation.js';

/** What a model file holds, what its features are worth to it, and what columns do to it on the rows of a table. */
export const describeModelFile = readsFiles(
  'model-files.describe',
  async ({ signal }, { model: path, on }: { model: string; on?: LookedAt }) => {
    const file = await readModelFile(path);
    const effects = on === undefined ? {} : await columnEffects(file, on, signal);
    const own = file.model.kind === 'linear' ? linearInfo(file.model) : infoOf(file.model);
    return answer('model-info', { ...bundleInfo(file), ...effects, ...own });
  },
);

/** What a bundle says besides its model; nothing of trees alone. */
function bundleInfo({ bundle }: ModelFile) {
  if (!bundle) return { bundle: false as const };
  const { family, task, inputs, preprocessing, classes, threshold, metadata } = bundle;
  return {
    bundle: true as const,
    family,
    task,
    inputs,
    preprocessing,
    classNames: classes ?? null,
    threshold,
    metadata,
  };
}

/** `importance` is in the model's order of features: splits that use one, and the gain they brought. */
function infoOf(model: TreeModel) {
  const { split, gain } = importance(model);
  return {
    objective: model.xgboost?.objective ?? model.objective,
    classes: model.classes,
    trees: model.trees.length,
    rounds: model.trees.length / model.treesPerRound,
    averageOutput: model.averageOutput,
    features: model.featureNames,
    importance: model.featureNames.map((feature, place) => ({
      feature,
      range: model.featureInfos[place] ?? null,
      split: split[place]!,
      gain: gain[place]!,
    })),
  };
}

function linearInfo({ link, featureNames, coefficients, intercepts, converged, iterations, gradient }: LinearModel) {
  return { link, features: featureNames, coefficients, intercepts, converged, iterations, gradient };
}
