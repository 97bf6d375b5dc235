import type { Evaluation } from '../../documents/evaluation.js';
import type { LinearModel } from '../../models/linear/linear-model.js';
import { importance } from '../../models/trees/importance.js';
import type { TreeModel } from '../../models/trees/tree-model.js';

/** Gain and splits by column, most important first. A linear model has none: its coefficients carry units. */
export function importanceOf(model: TreeModel | LinearModel): Evaluation['models'][number]['importance'] {
  if (model.kind === 'linear') return [];
  const { gain, split } = importance(model);
  return model.featureNames
    .map((column, index) => ({ column, gain: gain[index]!, split: split[index]! }))
    .sort((left, right) => right.gain - left.gain);
}
