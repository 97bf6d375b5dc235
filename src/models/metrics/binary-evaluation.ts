import { confusionAt, ratesOf } from './confusion.js';
import type { BinaryEvaluation } from './evaluation.js';
import { probabilityLoss } from './probability-loss.js';
import { averagePrecision, rocAuc } from './ranking.js';
import { scoreGroups } from './score-groups.js';

/**
 * Evaluates a binary classifier; score >= threshold predicts 1. Definitions are scikit-learn's; a figure that cannot be
 * computed is null and `reasons` says why. With weights the confusion holds weights; `n` and `positives` stay row counts.
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
  const rates = ratesOf(confusion);
  const loss = probabilityLoss(labels, scores, weights);
  const figures = {
    ...rates,
    roc_auc: rocAuc(groups),
    average_precision: averagePrecision(groups),
    log_loss: loss.log_loss,
    brier: loss.brier,
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
  const why: Record<string, string> = {
    precision: none ?? 'nothing was predicted positive',
    recall: none ?? 'no positives',
    f1: none ?? 'no positives, and nothing was predicted positive',
    fpr: none ?? 'no negatives',
    accuracy: 'no rows',
    roc_auc: none ?? `only one class: ${oneClass}`,
    average_precision: none ?? 'no positives',
    log_loss: lossReason ?? 'no rows',
    brier: lossReason ?? 'no rows',
  };
  const missing = Object.keys(figures).filter((name) => figures[name] === null);
  return Object.fromEntries(missing.map((name) => [name, why[name]!]));
}
