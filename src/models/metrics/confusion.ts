import type { Confusion } from './evaluation.js';
import type { ScoreGroups } from './score-groups.js';

/** Counts (or weights) of the four outcomes when score >= threshold means positive. */
export function confusionAt(groups: ScoreGroups, threshold: number): Confusion {
  let tp = 0;
  let fp = 0;
  for (let g = 0; g < groups.scores.length && groups.scores[g]! >= threshold; g++) {
    tp += groups.positives[g]!;
    fp += groups.negatives[g]!;
  }
  return { tp, fp, fn: groups.totalPositives - tp, tn: groups.totalNegatives - fp };
}

export interface Rates {
  precision: number | null;
  recall: number | null;
  f1: number | null;
  fpr: number | null;
  accuracy: number | null;
}

/** The rates that follow from a confusion; a rate over nothing is null. */
export function ratesOf({ tp, fp, fn, tn }: Confusion): Rates {
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    fpr: ratio(fp, fp + tn),
    accuracy: ratio(tp + tn, tp + fp + fn + tn),
  };
}

/** F-beta = (1 + b²) tp / ((1 + b²) tp + b² fn + fp); recall counts beta times as much as precision. */
export function fBeta({ tp, fp, fn }: Confusion, beta: number): number | null {
  const square = beta * beta;
  return ratio((1 + square) * tp, (1 + square) * tp + square * fn + fp);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
