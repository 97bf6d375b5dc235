import { binaryFigures, type BinaryFigureName, type BinaryRows } from './binary-figures.js';
import { equalWidthCalibration } from './calibration.js';
import { confusionAt, type Confusion } from './confusion.js';
import { probabilityLoss } from './probability-loss.js';
import { scoreGroups } from './score-groups.js';

/** The figures of a binary classifier on one split. A figure that cannot be computed is null, its reason in `reasons`. */
export type BinaryEvaluation = {
  n: number;
  positives: number;
  threshold: number;
  confusion: Confusion;
  reasons: Record<string, string>;
} & Record<BinaryFigureName, number | null>;

/**
 * Evaluates a binary classifier; score >= threshold predicts 1. A figure that cannot be computed is null and `reasons`
 * says why. With weights the confusion holds weights; `n` and `positives` stay row counts. A row of weight 0 has no part in it.
 * @throws InputError naming the first row whose label is not 0 or 1, or whose score is not a number
 */
export function binaryEvaluation(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  weights?: ArrayLike<number>,
): BinaryEvaluation {
  const groups = scoreGroups(labels, scores, weights);
  const { ece, mce } = equalWidthCalibration(labels, scores, weights);
  const losses = { ...probabilityLoss(labels, scores, weights), ece, mce };
  const rows: BinaryRows = { confusion: confusionAt(groups, threshold), groups, losses };
  const named = Object.entries(binaryFigures).map(([name, figure]) => ({ name, figure, value: figure.value(rows) }));
  const none = groups.totalPositives + groups.totalNegatives > 0 ? null : 'no rows';
  const missing = named.filter(({ value }) => value === null);
  return {
    n: labels.length,
    positives: countOnes(labels),
    threshold,
    confusion: rows.confusion,
    ...(Object.fromEntries(named.map(({ name, value }) => [name, value])) as Record<BinaryFigureName, number | null>),
    reasons: Object.fromEntries(missing.map(({ name, figure }) => [name, none ?? figure.none(rows)])),
  };
}

function countOnes(labels: ArrayLike<number>): number {
  let count = 0;
  for (let row = 0; row < labels.length; row++) count += labels[row]!;
  return count;
}
