import type { Evaluation } from '../../documents/evaluation.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { ownModel } from '../../models/bundle/outside-model.js';
import { origins, summedBy } from '../../models/preprocessing/origins.js';
import { importance } from '../../models/trees/importance.js';

/**
 * Gain and splits by raw column, most important first: what encoding made of a column counts for it. A linear model has
 * none: its coefficients carry units.
 */
export function importanceOf(bundle: Bundle): Evaluation['models'][number]['importance'] {
  const model = ownModel(bundle);
  if (model.kind === 'linear') return [];
  const { gain, split } = importance(model);
  const raw = origins(bundle.preprocessing, model.featureNames);
  const [gains, splits] = [summedBy(raw, gain), summedBy(raw, split)];
  return [...gains]
    .map(([column, sum]) => ({ column, gain: sum, split: splits.get(column)! }))
    .sort((left, right) => right.gain - left.gain);
}
