import { binaryEvaluation } from '../metrics/binary-evaluation.js';
import { multiclassEvaluation } from '../metrics/multiclass-evaluation.js';
import { regressionEvaluation } from '../metrics/regression-evaluation.js';
import type { Task } from '../task.js';

/** Figures that a search can go by, with their better side. */
export const searchMetrics: Readonly<Record<Task, Readonly<Record<string, 'higher' | 'lower'>>>> = {
  binary: {
    roc_auc: 'higher',
    average_precision: 'higher',
    log_loss: 'lower',
    brier: 'lower',
    accuracy: 'higher',
    f1: 'higher',
    recall: 'higher',
    precision: 'higher',
  },
  multiclass: {
    accuracy: 'higher',
    log_loss: 'lower',
    balanced_accuracy: 'higher',
    macro_f1: 'higher',
    macro_precision: 'higher',
    macro_recall: 'higher',
    weighted_f1: 'higher',
    mcc: 'higher',
    kappa: 'higher',
    roc_auc_ovr: 'higher',
    roc_auc_ovr_weighted: 'higher',
  },
  regression: { rmse: 'lower', mae: 'lower', mape: 'lower', r2: 'higher' },
};

/**
 * The figures of predictions, one array a class, by their names: `metric`, and what comes with it, which is of two classes
 * and of numbers all that a search can go by. Null where one cannot be computed, or is no finite number. Classes of a
 * binary task are told apart at 0.5.
 */
export function scoresOf(
  task: Task,
  metric: string,
  labels: Float64Array,
  predicted: Float64Array[],
): Record<string, number | null> {
  const figures = figuresOf(task, metric, labels, predicted);
  const known = Object.keys(searchMetrics[task]).filter((name) => name === metric || figures[name] !== undefined);
  const finite = (figure: number | null | undefined) => (Number.isFinite(figure) ? figure! : null);
  return Object.fromEntries(known.map((name) => [name, finite(figures[name])]));
}

function figuresOf(
  task: Task,
  metric: string,
  labels: Float64Array,
  predicted: Float64Array[],
): Record<string, number | null | undefined> {
  if (task === 'regression') return { ...regressionEvaluation(labels, predicted[0]!) } as never;
  if (task === 'binary') return { ...binaryEvaluation(labels, predicted[0]!, 0.5) } as never;
  // What most searches go by is computed without all the others.
  if (metric === 'accuracy') return { accuracy: accuracy(labels, predicted) };
  if (metric === 'log_loss') return { log_loss: logLoss(labels, predicted) };
  return { [metric]: severalFigure(metric, labels, predicted) };
}

function severalFigure(metric: string, labels: Float64Array, predicted: Float64Array[]): number | null {
  const classes = predicted.map((_, place) => String(place));
  const figures: object = multiclassEvaluation({ classes, labels, probabilities: predicted });
  return (figures as Record<string, number | null>)[metric] ?? null;
}

/** The share of rows whose class has the highest probability; among equals the first class counts. */
function accuracy(labels: Float64Array, predicted: Float64Array[]): number | null {
  if (labels.length === 0) return null;
  let right = 0;
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let label = 1; label < predicted.length; label++)
      if (predicted[label]![row]! > predicted[best]![row]!) best = label;
    if (best === labels[row]) right++;
  }
  return right / labels.length;
}

/** The mean of -ln of each row's own class, probabilities kept off 0 as scikit-learn does. */
function logLoss(labels: Float64Array, predicted: Float64Array[]): number | null {
  if (labels.length === 0) return null;
  const sum = labels.reduce((total, label, row) => {
    const own = predicted[label]?.[row] ?? 0;
    return total - Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, own)));
  }, 0);
  return sum / labels.length;
}

/** Mean and standard deviation (over n, as scikit-learn's `std_test_score`) of the folds; null if one has no figure. */
export function meanOfFolds(scores: readonly (number | null)[]): { score: number | null; std: number | null } {
  const known = scores.filter((score) => score !== null);
  if (known.length === 0 || known.length < scores.length) return { score: null, std: null };
  const score = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - score) ** 2, 0) / known.length;
  return { score, std: Math.sqrt(variance) };
}
