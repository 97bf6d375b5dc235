import type { Confusion } from './confusion.js';
import { averagePrecision, ksStatistic, rocAuc } from './ranking.js';
import type { ScoreGroups } from './score-groups.js';

/** What the figures of a binary classifier are computed from. */
export interface BinaryRows {
  /** Counts (or weights) at the threshold. */
  confusion: Confusion;
  groups: ScoreGroups;
  /** What is computed from the scores themselves; null, with `reason`, where a score is no probability. */
  losses: {
    log_loss: number | null;
    brier: number | null;
    ece: number | null;
    mce: number | null;
    reason: string | null;
  };
}

/** One figure: how it is computed, why there may be none, and where its 95 % interval comes from. */
export interface BinaryFigure {
  value: (rows: BinaryRows) => number | null;
  /** Why it is null, where there are rows. */
  none: (rows: BinaryRows) => string;
  /** `wilson`: Wilson's interval of a rate; `bootstrap`: of resampled rows; null: nobody computes one. */
  interval: 'wilson' | 'bootstrap' | null;
}

/** A figure of the confusion matrix alone: it moves with the threshold. */
export interface ConfusionFigure extends BinaryFigure {
  of: (confusion: Confusion) => number | null;
  /** Its numerator and denominator where it is a rate; null: it is of all rows. */
  parts: ((confusion: Confusion) => Rate) | null;
}
type Rate = [part: number, whole: number];

const rate = (parts: (confusion: Confusion) => Rate, none: string): ConfusionFigure => {
  const of = (confusion: Confusion) => ratio(...parts(confusion));
  return { of, parts, value: ({ confusion }) => of(confusion), none: () => none, interval: 'wilson' };
};
const counted = (of: ConfusionFigure['of'], none: string | BinaryFigure['none']): ConfusionFigure => ({
  ...{ of, parts: null, value: ({ confusion }) => of(confusion) },
  ...{ none: typeof none === 'string' ? () => none : none, interval: 'bootstrap' },
});
const ranked = (of: (groups: ScoreGroups) => number | null, none: BinaryFigure['none']): BinaryFigure => ({
  ...{ value: ({ groups }) => of(groups), none, interval: 'bootstrap' },
});
const lost = (
  name: Exclude<keyof BinaryRows['losses'], 'reason'>,
  interval: BinaryFigure['interval'],
): BinaryFigure => ({
  ...{ value: ({ losses }) => losses[name], none: ({ losses }) => losses.reason ?? 'no rows', interval },
});

const noneFlagged = 'no positives, and nothing was predicted positive';
const oneClass = ({ groups }: BinaryRows) =>
  `only one class: ${groups.totalPositives > 0 ? 'no negatives' : 'no positives'}`;

/**
 * Rates, F-beta, and agreement beyond chance (scikit-learn's `balanced_accuracy_score`, `matthews_corrcoef`,
 * `cohen_kappa_score`). Null where a denominator is 0: scikit-learn's 0 for a correlation with a constant would read as
 * a measurement.
 */
export const confusionFigures = {
  precision: rate(({ tp, fp }) => [tp, tp + fp], 'nothing was predicted positive'),
  recall: rate(({ tp, fn }) => [tp, tp + fn], 'no positives'),
  f1: counted((confusion) => fBeta(confusion, 1), noneFlagged),
  fpr: rate(({ fp, tn }) => [fp, fp + tn], 'no negatives'),
  accuracy: rate(({ tp, fp, fn, tn }) => [tp + tn, tp + fp + fn + tn], 'no rows'),
  specificity: rate(({ fp, tn }) => [tn, fp + tn], 'no negatives'),
  fnr: rate(({ tp, fn }) => [fn, tp + fn], 'no positives'),
  npv: rate(({ fn, tn }) => [tn, fn + tn], 'nothing was predicted negative'),
  balanced_accuracy: counted(balancedAccuracy, oneClass),
  f0_5: counted((confusion) => fBeta(confusion, 0.5), noneFlagged),
  f2: counted((confusion) => fBeta(confusion, 2), noneFlagged),
  mcc: counted(matthews, 'the labels or the predictions are all of one class'),
  kappa: counted(cohensKappa, 'labels and predictions are all of one class'),
} satisfies Record<string, ConfusionFigure>;
export type ConfusionFigureName = keyof typeof confusionFigures;

/**
 * Every figure of a binary classifier, in the order of documents; definitions are scikit-learn's. A new figure is one
 * entry here or above, and its words in `project/known-figures.ts`.
 */
export const binaryFigures = {
  ...confusionFigures,
  roc_auc: ranked(rocAuc, oneClass),
  average_precision: ranked(averagePrecision, () => 'no positives'),
  /** Kolmogorov and Smirnov: the largest distance between the true and the false positive rate. */
  ks: ranked(ksStatistic, oneClass),
  log_loss: lost('log_loss', 'bootstrap'),
  brier: lost('brier', 'bootstrap'),
  /** Expected and largest calibration error over 10 bins of equal width. */
  ece: lost('ece', null),
  mce: lost('mce', null),
} satisfies Record<string, BinaryFigure>;
export type BinaryFigureName = keyof typeof binaryFigures;

/** All figures of the counts alone, for documents that hold nothing else. */
export function figuresOfConfusion(confusion: Confusion): Record<ConfusionFigureName, number | null> {
  const values = Object.entries(confusionFigures).map(([name, { of }]) => [name, of(confusion)]);
  return Object.fromEntries(values) as Record<ConfusionFigureName, number | null>;
}

/** The figure of that name where it follows from the counts alone. */
export function confusionFigure(name: string): ConfusionFigure | undefined {
  return Object.hasOwn(confusionFigures, name) ? confusionFigures[name as ConfusionFigureName] : undefined;
}

/** F-beta = (1 + b²) tp / ((1 + b²) tp + b² fn + fp); recall counts beta times as much as precision. */
export function fBeta({ tp, fp, fn }: Confusion, beta: number): number | null {
  const square = beta * beta;
  return ratio((1 + square) * tp, (1 + square) * tp + square * fn + fp);
}

function balancedAccuracy({ tp, fp, fn, tn }: Confusion): number | null {
  const [sensitivity, specificity] = [ratio(tp, tp + fn), ratio(tn, fp + tn)];
  return sensitivity === null || specificity === null ? null : (sensitivity + specificity) / 2;
}

function matthews({ tp, fp, fn, tn }: Confusion): number | null {
  return ratio(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((fp + tn) * (fn + tn)));
}

function cohensKappa({ tp, fp, fn, tn }: Confusion): number | null {
  return ratio(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (fn + tn) * (tp + fn));
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
