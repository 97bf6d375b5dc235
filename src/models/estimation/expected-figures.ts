/** Rows of a binary classifier of which nobody knows the label: how probable a 1 is, what it scored, what it predicted. */
export interface Expected {
  probabilities: ArrayLike<number>;
  scores: ArrayLike<number>;
  /** 0 or 1. */
  predicted: ArrayLike<number>;
}

/** The figures that can be expected from probabilities alone; what nothing is divided by is 0, as NannyML has it. */
export type ExpectedFigures = Record<ExpectedFigure, number>;
export type ExpectedFigure =
  'roc_auc' | 'average_precision' | 'f1' | 'precision' | 'recall' | 'specificity' | 'accuracy';

/**
 * Figures as they are to be expected where a row is a 1 with its probability (confidence-based performance estimation,
 * NannyML): a confusion matrix of sums of probabilities, and curves over the rows by falling score. Running counts are
 * rounded to 5 decimals, as there.
 */
export function expectedFigures(rows: Expected): ExpectedFigures {
  const { tp, fp, fn, tn } = expectedConfusion(rows);
  return {
    ...curveFigures(rows),
    f1: ratio(tp, tp + (fp + fn) / 2),
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    specificity: ratio(tn, tn + fp),
    accuracy: ratio(tp + tn, tp + fp + fn + tn),
  };
}

export function expectedConfusion({ probabilities, predicted }: Expected) {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let row = 0; row < predicted.length; row++) {
    const probability = probabilities[row]!;
    counts[predicted[row] === 1 ? 'tp' : 'fn'] += probability;
    counts[predicted[row] === 1 ? 'fp' : 'tn'] += 1 - probability;
  }
  return counts;
}

function curveFigures({ probabilities, scores }: Expected): Pick<ExpectedFigures, 'roc_auc' | 'average_precision'> {
  const rows = scores.length;
  // Equal scores from the last row to the first, as a stable sort that is turned round leaves them.
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || b - a);
  let [found, area, precisions, before] = [0, 0, 0, { tp: 0, fp: 0 }];
  order.forEach((row, at) => {
    found += probabilities[row]!;
    const now = { tp: rounded(found), fp: rounded(at + 1 - found) };
    area += ((now.fp - before.fp) * (now.tp + before.tp)) / 2;
    precisions += (now.tp - before.tp) * (now.tp / (at + 1));
    before = now;
  });
  return { roc_auc: ratio(area, before.tp * before.fp), average_precision: ratio(precisions, before.tp) };
}

const rounded = (count: number) => Math.round(count * 1e5) / 1e5;
const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
