import { equalWidthCalibration } from './calibration.js';
import { agreementOf, confusionAt, ratesOf } from './confusion.js';
import type { BinaryEvaluation } from './evaluation.js';
import { probabilityLoss } from './probability-loss.js';
import { averagePrecision, ksStatistic, rocAuc } from './ranking.js';
import { scoreGroups } from './score-groups.js';

/**
 * Evaluates a binary classifier; score >= threshold predicts 1. Definitions are scikit-learn's; a figure that cannot be
 * computed is null and `reasons` says why. With weights the confusion holds weights; `n` and `positives` stay row counts. A row of weight 0 has no part in it.
 * @throws InputError naming the first row whose label is not 0 or 1, or whose score is not a number
 */
export function binaryEvaluation(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  weights?: ArrayLike<number>,
): BinaryEvaluation {
  const groups = scoreGroups(labels, scores, weights);
  const confusion = confusionAt(groups, threshold);
  const loss = probabilityLoss(labels, scores, weights);
  const { ece, mce } = equalWidthCalibration(labels, scores, weights);
  const figures = {
    ...ratesOf(confusion),
    ...agreementOf(confusion),
    roc_auc: rocAuc(groups),
    average_precision: averagePrecision(groups),
    ks: ksStatistic(groups),
    log_loss: loss.log_loss,
    brier: loss.brier,
    ece,
    mce,
  };
  return {
    n: labels.length,
    positives: countOnes(labels),
    threshold,
    confusion,
    ...figures,
    reasons: reasonsFor(figures, groups.totalPositives, groups.totalNegatives, loss.reason),
  };
}

function countOnes(labels: ArrayLike<number>): number {
  let count = 0;
  for (let row = 0; row < labels.length; row++) count += labels[row]!;
  return count;
}

function reasonsFor(
  figures: Record<string, number | null>,
  positives: number,
  negatives: number,
  lossReason: string | null,
): Record<string, string> {
  const oneClass = positives > 0 ? 'no negatives' : 'no positives';
  const none = positives + negatives > 0 ? null : 'no rows';
  const bothClasses = none ?? `only one class: ${oneClass}`;
  const nothingPositive = 'no positives, and nothing was predicted positive';
  const why: Record<string, string> = {
    precision: none ?? 'nothing was predicted positive',
    recall: none ?? 'no positives',
    f1: none ?? nothingPositive,
    f0_5: none ?? nothingPositive,
    f2: none ?? nothingPositive,
    fpr: none ?? 'no negatives',
    fnr: none ?? 'no positives',
    specificity: none ?? 'no negatives',
    accuracy: 'no rows',
    balanced_accuracy: bothClasses,
    mcc: none ?? 'the labels or the predictions are all of one class',
    kappa: none ?? 'labels and predictions are all of one class',
    roc_auc: bothClasses,
    ks: bothClasses,
    average_precision: none ?? 'no positives',
    log_loss: lossReason ?? 'no rows',
    brier: lossReason ?? 'no rows',
    ece: lossReason ?? 'no rows',
    mce: lossReason ?? 'no rows',
  };
  const missing = Object.keys(figures).filter((name) => figures[name] === null);
  return Object.fromEntries(missing.map((name) => [name, why[name]!]));
}
