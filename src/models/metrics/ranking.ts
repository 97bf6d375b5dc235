import type { ScoreGroups } from './score-groups.js';

/** P(score of a positive > score of a negative) + half the ties (scikit-learn's `roc_auc_score`); null without both classes. */
export function rocAuc(groups: ScoreGroups): number | null {
  if (groups.totalPositives <= 0 || groups.totalNegatives <= 0) return null;
  let above = 0;
  let area = 0;
  for (let g = 0; g < groups.scores.length; g++) {
    area += groups.negatives[g]! * (above + groups.positives[g]! / 2);
    above += groups.positives[g]!;
  }
  return area / (groups.totalPositives * groups.totalNegatives);
}

/** Sum of precision times recall step over distinct scores (scikit-learn's `average_precision_score`); null without positives. */
export function averagePrecision(groups: ScoreGroups): number | null {
  if (groups.totalPositives <= 0) return null;
  let tp = 0;
  let all = 0;
  let sum = 0;
  for (let g = 0; g < groups.scores.length; g++) {
    tp += groups.positives[g]!;
    all += groups.positives[g]! + groups.negatives[g]!;
    if (groups.positives[g]! > 0) sum += groups.positives[g]! * (tp / all);
  }
  return sum / groups.totalPositives;
}

/**
 * The largest distance between true and false positive rate over all thresholds: Kolmogorov and Smirnov's statistic of
 * the positives' and the negatives' scores where positives score higher (scikit-learn: max(tpr − fpr) of `roc_curve`).
 * Null without both classes.
 */
export function ksStatistic(groups: ScoreGroups): number | null {
  if (groups.totalPositives <= 0 || groups.totalNegatives <= 0) return null;
  let tp = 0;
  let fp = 0;
  let most = 0;
  for (let g = 0; g < groups.scores.length; g++) {
    tp += groups.positives[g]!;
    fp += groups.negatives[g]!;
    most = Math.max(most, tp / groups.totalPositives - fp / groups.totalNegatives);
  }
  return most;
}
