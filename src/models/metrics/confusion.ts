import type { Agreement, Confusion, Rates } from './evaluation.js';
import type { ScoreGroups } from './score-groups.js';

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

/**
 * What else follows from a confusion: rates of the negatives, F-beta, and agreement beyond chance (scikit-learn's
 * `balanced_accuracy_score`, `matthews_corrcoef`, `cohen_kappa_score`). Null where a denominator is 0: scikit-learn's
 * 0 for a correlation with a constant would read as a measurement.
 */
export function agreementOf(confusion: Confusion): Agreement {
  const { tp, fp, fn, tn } = confusion;
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, fp + tn);
  const balanced = sensitivity === null || specificity === null ? null : (sensitivity + specificity) / 2;
  const spread = Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((fp + tn) * (fn + tn));
  const chance = (tp + fp) * (fp + tn) + (fn + tn) * (tp + fn);
  return {
    specificity,
    fnr: ratio(fn, tp + fn),
    balanced_accuracy: balanced,
    f0_5: fBeta(confusion, 0.5),
    f2: fBeta(confusion, 2),
    mcc: ratio(tp * tn - fp * fn, spread),
    kappa: ratio(2 * (tp * tn - fp * fn), chance),
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
