import type { ScoreGroups } from './score-groups.js';

export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** Counts (or weights) of the four outcomes when score >= threshold means positive. */
export function confusionAt(groups: ScoreGroups, threshold: number): Confusion {
  // Weights are summed on both sides: a difference from the total would leave a rounding error where nothing is.
  const confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let g = 0; g < groups.scores.length; g++) {
    const positive = groups.scores[g]! >= threshold;
    confusion[positive ? 'tp' : 'fn'] += groups.positives[g]!;
    confusion[positive ? 'fp' : 'tn'] += groups.negatives[g]!;
  }
  return confusion;
}
