import type { TrainingParameters } from '../parameters/parameters.js';
import { lcg } from '../random.js';

/** Which features a tree and a leaf may use; drawn as LightGBM draws them. */
export interface ColumnSampler {
  /** Draws for the next tree; 1 marks a feature that the tree may use. */
  nextTree(): Uint8Array;
  /** Draws for the next leaf among the tree's features. */
  nextLeaf(): Uint8Array;
}

export function columnSampler(features: number, parameters: TrainingParameters): ColumnSampler {
  const { feature_fraction: byTree, feature_fraction_bynode: byLeaf } = parameters;
  const random = lcg(parameters.feature_fraction_seed);
  const all = Int32Array.from({ length: features }, (_, feature) => feature);
  const every = new Uint8Array(features).fill(1);
  let chosen: Int32Array = all;

  function nextTree(): Uint8Array {
    if (byTree >= 1) return every;
    chosen = random.sample(features, countOf(features, byTree));
    return flags(chosen);
  }

  function nextLeaf(): Uint8Array {
    if (byLeaf >= 1) return every;
    return flags(random.sample(chosen.length, countOf(chosen.length, byLeaf)).map((place) => chosen[place]!));
  }

  function flags(places: Int32Array): Uint8Array {
    const marked = new Uint8Array(features);
    for (const place of places) marked[place] = 1;
    return marked;
  }

  // LightGBM draws once when the learner is set up and throws that draw away.
  nextTree();
  return { nextTree, nextLeaf };
}

function countOf(total: number, fraction: number): number {
  return Math.max(Math.min(1, total), Math.trunc(total * fraction + 0.5));
}
