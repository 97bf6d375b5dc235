import type { Evaluation } from '../../documents/evaluation.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { origins, summedBy } from '../../models/preprocessing/origins.js';
import { importance } from '../../models/trees/importance.js';

/**
 * Gain and splits by raw column, most important first: what encoding made of a column counts for it. A linear model has
 * none: its coefficients carry units.
 */
export function importanceOf({
  model,
  preprocessing,
}: Pick<Bundle, 'model' | 'preprocessing'>): Evaluation['models'][number]['importance'] {
  if (model.kind === 'linear') return [];
  const { gain, split } = importance(model);
  const raw = origins(preprocessing, model.featureNames);
  const [gains, splits] = [summedBy(raw, gain), summedBy(raw, split)];
  return [...gains]
    .map(([column, sum]) => ({ column, gain: sum, split: splits.get(column)! }))
    .sort((left, right) => right.gain - left.gain);
}
