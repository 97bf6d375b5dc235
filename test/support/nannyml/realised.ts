import { fBeta } from '../../../src/models/metrics/binary-figures.js';
import type { Confusion } from '../../../src/models/metrics/confusion.js';
import { averagePrecision, rocAuc } from '../../../src/models/metrics/ranking.js';
import { scoreGroups } from '../../../src/models/metrics/score-groups.js';
import type { LabelledClasses } from '../../../src/models/estimation/cbpe.js';
import { losses, type Loss, type LossFigure, type LabelledValues } from '../../../src/models/estimation/dle.js';
import type { ExpectedFigure } from '../../../src/models/estimation/expected-figures.js';
import type { Labelled } from '../../../src/models/estimation/sampling-error.js';

export type Realised = Record<ExpectedFigure, number | null>;

/** The figures that can be estimated, as they came out; null where labels or predictions are all of one class (accuracy never is). */
export function realisedBinary({ labels, scores, predicted }: Labelled): Realised {
  const { tp, fp, fn, tn } = counted(labels, predicted);
  const groups = scoreGroups(labels, scores);
  const both = tp + fn > 0 && fp + tn > 0;
  const decided = both && tp + fp > 0 && fn + tn > 0;
  const rate = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  const where = (known: boolean, value: number | null) => (known ? (value ?? 0) : null);
  return {
    roc_auc: rocAuc(groups),
    average_precision: averagePrecision(groups),
    f1: where(decided, fBeta({ tp, fp, fn, tn }, 1)),
    precision: where(decided, rate(tp, tp + fp)),
    recall: where(decided, rate(tp, tp + fn)),
    specificity: where(decided, rate(tn, tn + fp)),
    accuracy: rate(tp + tn, labels.length),
  };
}

/** Means over the classes; null where labels or predictions are all of one class, and of rankings where a class is not there. */
export function realisedClasses({ labels, scores, predicted }: LabelledClasses): Realised {
  const classes = scores.map((of, at) => {
    const only = (places: ArrayLike<number>) => Uint8Array.from(places, (place) => Number(place === at));
    return { labels: only(labels), scores: of, predicted: only(predicted) };
  });
  const distinct = (places: ArrayLike<number>) => new Set(Array.from(places)).size;
  const known = distinct(labels) > 1 && distinct(predicted) > 1;
  const mean = (of: (one: Labelled) => number | null) => {
    const values = classes.map(of);
    return values.includes(null) ? null : values.reduce<number>((sum, value) => sum + value!, 0) / values.length;
  };
  const rate = (of: (counts: Confusion) => [number, number]) =>
    known
      ? mean((one) => {
          const [part, whole] = of(counted(one.labels, one.predicted));
          return whole > 0 ? part / whole : 0;
        })
      : null;
  let right = 0;
  for (let row = 0; row < labels.length; row++) right += Number(labels[row] === predicted[row]);
  return {
    roc_auc: mean((one) => rocAuc(scoreGroups(one.labels, one.scores))),
    average_precision:
      distinct(labels) > 1 ? mean((one) => averagePrecision(scoreGroups(one.labels, one.scores)) ?? 0) : null,
    f1: rate(({ tp, fp, fn }) => [2 * tp, 2 * tp + fp + fn]),
    precision: rate(({ tp, fp }) => [tp, tp + fp]),
    recall: rate(({ tp, fn }) => [tp, tp + fn]),
    specificity: rate(({ tn, fp }) => [tn, tn + fp]),
    accuracy: known ? right / labels.length : null,
  };
}

export function realisedLosses({ predictions, labels }: Pick<LabelledValues, 'predictions' | 'labels'>) {
  const mean = (loss: Loss) => {
    let sum = 0;
    for (let row = 0; row < labels.length; row++) sum += losses[loss](predictions[row]!, labels[row]!);
    return sum / labels.length;
  };
  const [mae, mse, mape] = [mean('absolute'), mean('squared'), mean('relative')];
  return { mae, mse, mape, rmse: Math.sqrt(mse) } satisfies Record<LossFigure, number>;
}

function counted(labels: ArrayLike<number>, predicted: ArrayLike<number>): Confusion {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let row = 0; row < labels.length; row++) {
    counts[predicted[row] === 1 ? (labels[row] === 1 ? 'tp' : 'fp') : labels[row] === 1 ? 'fn' : 'tn']++;
  }
  return counts;
}
