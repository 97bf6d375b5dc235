import { InputError } from '../../common/errors.js';
import { checkLengths, checkWeights } from './check-rows.js';
import { classMatrix, classRates, matrixAgreement, type ClassRates } from './class-matrix.js';
import { rocAuc } from './ranking.js';
import { scoreGroups } from './score-groups.js';

/** The figures of a classifier of several classes. A figure that cannot be computed is null, its reason in `reasons`. */
export interface MulticlassEvaluation {
  n: number;
  classes: string[];
  /** Rows (or weights) by true class, then by predicted class. */
  confusion: number[][];
  per_class: ({ class: string; support: number } & ClassRates)[];
  accuracy: number | null;
  balanced_accuracy: number | null;
  macro_precision: number | null;
  macro_recall: number | null;
  macro_f1: number | null;
  weighted_precision: number | null;
  weighted_recall: number | null;
  weighted_f1: number | null;
  micro_precision: number | null;
  micro_recall: number | null;
  micro_f1: number | null;
  mcc: number | null;
  kappa: number | null;
  log_loss: number | null;
  roc_auc_ovr: number | null;
  roc_auc_ovr_weighted: number | null;
  reasons: Record<string, string>;
}

export interface MulticlassRows {
  /** Names of the classes, in the order of their numbers. */
  classes: readonly string[];
  /** The true class of each row, as its place in `classes`. */
  labels: ArrayLike<number>;
  /** One column of probabilities a class; absent: only the predicted class is known. */
  probabilities?: readonly ArrayLike<number>[];
  /** The predicted class of each row; absent: the one with the highest probability, the first among equals. */
  predicted?: ArrayLike<number>;
  weights?: ArrayLike<number>;
}

/** How far a row's probabilities may be from adding up to 1: they may have been written with few digits. */
const SUM_TOLERANCE = 0.01;

/**
 * Evaluates a classifier of several classes. Definitions are scikit-learn's: macro averages over the classes that occur
 * among labels or predictions (a class without a denominator counts 0), `weighted` by the label's share, `micro` over
 * all rows; ROC AUC one class against the rest, averaged plainly and by share, for which every class must occur.
 * @throws InputError for a class that is none, or columns that do not fit
 */
export function multiclassEvaluation(rows: MulticlassRows): MulticlassEvaluation {
  const { classes, labels, probabilities, weights } = rows;
  checkWeights(weights);
  checkClasses('label', labels, classes.length);
  if (probabilities && probabilities.length !== classes.length)
    throw new InputError(
      `found ${probabilities.length} columns of scores, expected one for each of ${classes.length} classes`,
    );
  const predicted = rows.predicted ?? mostProbable(probabilities, labels.length);
  checkLengths({ labels, predictions: predicted, weights, scores: probabilities?.[0] });
  checkClasses('prediction', predicted, classes.length);
  const confusion = classMatrix(labels, predicted, classes.length, weights);
  const { figures, reasons } = averaged(confusion);
  const loss = logLoss(labels, probabilities, weights);
  const areas = areasUnderRoc(rows, confusion.map(sum));
  for (const [name, { reason }] of Object.entries({ log_loss: loss, roc_auc_ovr: areas, roc_auc_ovr_weighted: areas }))
    if (reason !== null) reasons[name] = reason;
  return {
    n: labels.length,
    classes: [...classes],
    confusion,
    per_class: classes.map((name, place) => ({
      class: name,
      support: sum(confusion[place]!),
      ...classRates(confusion, place),
    })),
    ...figures,
    log_loss: loss.value,
    roc_auc_ovr: areas.macro,
    roc_auc_ovr_weighted: areas.weighted,
    reasons,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function checkClasses(what: string, places: ArrayLike<number>, classes: number): void {
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (!Number.isInteger(place) || place < 0 || place >= classes)
      throw new InputError(`${what} of row ${row + 1} is ${place}, expected a class from 0 to ${classes - 1}`);
  }
}

function mostProbable(probabilities: readonly ArrayLike<number>[] | undefined, rows: number): Int32Array {
  if (probabilities === undefined)
    throw new InputError('found neither scores nor predicted classes, expected one of them');
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let place = 1; place < probabilities.length; place++)
      if (probabilities[place]![row]! > probabilities[best]![row]!) best = place;
    return best;
  });
}

function averaged(confusion: number[][]) {
  const total = sum(confusion.map(sum));
  const places = confusion.map((_, place) => place);
  const support = confusion.map(sum);
  const foretold = places.map((place) => sum(confusion.map((row) => row[place]!)));
  const occurring = places.filter((place) => support[place]! > 0 || foretold[place]! > 0);
  const rates = places.map((place) => classRates(confusion, place));
  const of = (name: keyof ClassRates, place: number) => rates[place]![name] ?? 0;
  const none = total > 0 ? undefined : 'no rows';
  const macro = (name: keyof ClassRates) =>
    none ? null : sum(occurring.map((place) => of(name, place))) / occurring.length;
  const weighted = (name: keyof ClassRates) =>
    none ? null : sum(places.map((place) => (support[place]! / total) * of(name, place)));
  const accuracy = none ? null : sum(places.map((place) => confusion[place]![place]!)) / total;
  const present = places.filter((place) => support[place]! > 0);
  const balanced = present.length < 2 ? null : sum(present.map((place) => of('recall', place))) / present.length;
  const figures = {
    accuracy,
    balanced_accuracy: balanced,
    macro_precision: macro('precision'),
    macro_recall: macro('recall'),
    macro_f1: macro('f1'),
    weighted_precision: weighted('precision'),
    weighted_recall: weighted('recall'),
    weighted_f1: weighted('f1'),
    micro_precision: accuracy,
    micro_recall: accuracy,
    micro_f1: accuracy,
    ...matrixAgreement(confusion),
  };
  const missing = Object.entries(figures).filter(([, value]) => value === null);
  const reasons = Object.fromEntries(missing.map(([name]) => [name, none ?? 'labels or predictions are of one class']));
  return { figures, reasons };
}

function logLoss(
  labels: ArrayLike<number>,
  probabilities: readonly ArrayLike<number>[] | undefined,
  weights: ArrayLike<number> | undefined,
): { value: number | null; reason: string | null } {
  if (probabilities === undefined) return { value: null, reason: 'there are no scores, only predicted classes' };
  let total = 0;
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    let all = 0;
    for (const column of probabilities) {
      const p = column[row]!;
      if (!(p >= 0 && p <= 1)) return { value: null, reason: `a score of row ${row + 1} is ${p}, not a probability` };
      all += p;
    }
    if (Math.abs(all - 1) > SUM_TOLERANCE)
      return { value: null, reason: `the scores of row ${row + 1} add up to ${all}, not to 1` };
    const weight = weights ? weights[row]! : 1;
    const p = probabilities[labels[row]!]![row]!;
    total += weight;
    loss -= weight * Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return total > 0 ? { value: loss / total, reason: null } : { value: null, reason: 'no rows' };
}

function areasUnderRoc({ classes, labels, probabilities, weights }: MulticlassRows, support: number[]) {
  const none = (reason: string) => ({ macro: null, weighted: null, reason });
  if (probabilities === undefined) return none('there are no scores, only predicted classes');
  if (labels.length === 0) return none('no rows');
  const absent = classes.filter((_, place) => !(support[place]! > 0));
  if (absent.length > 0) return none(`no row is of class ${absent.join(', ')}`);
  if (classes.length < 2) return none(`only one class: ${classes.join('')}`);
  const areas = probabilities.map((scores, place) => {
    const own = Uint8Array.from(labels, (label) => Number(label === place));
    return rocAuc(scoreGroups(own, scores, weights))!;
  });
  const total = sum(support);
  return {
    macro: sum(areas) / areas.length,
    weighted: sum(areas.map((area, place) => (support[place]! / total) * area)),
    reason: null,
  };
}
