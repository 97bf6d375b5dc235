import type { TreeModel } from './tree-model.js';

/** Per feature, in the order of `featureNames`: the number of splits that use it, and the gain they brought. */
export interface Importance {
  split: Float64Array;
  gain: Float64Array;
}

/** Split and gain importance as LightGBM counts them: splits without a gain do not count. */
export function importance(model: TreeModel): Importance {
  const split = new Float64Array(model.featureNames.length);
  const gain = new Float64Array(model.featureNames.length);
  for (const tree of model.trees) {
    for (let node = 0; node < tree.leaves - 1; node++) {
      if (!(tree.splitGain[node]! > 0)) continue;
      split[tree.splitFeature[node]!]! += 1;
      gain[tree.splitFeature[node]!]! += tree.splitGain[node]!;
    }
  }
  return { split, gain };
}
