import { InputError } from '../../common/errors.js';
import type { ClassCounts } from './class-matrix.js';
import type { Reasoned } from './multiclass-figures.js';
import { rocAuc } from './ranking.js';
import { scoreGroups } from './score-groups.js';

export interface ClassScores {
  /** Names of the classes, in the order of their numbers. */
  classes: readonly string[];
  /** The true class of each row, as its place in `classes`. */
  labels: ArrayLike<number>;
  /**
   * One column of probabilities a class; absent: only the predicted class is known. Fewer than classes: the last classes
   * are such as the model does not know.
   */
  probabilities?: readonly ArrayLike<number>[];
  weights?: ArrayLike<number>;
}

/** How far a row's probabilities may be from adding up to 1: they may have been written with few digits. */
const SUM_TOLERANCE = 0.01;

/** The class with the highest probability, the first among equals. */
export function mostProbable(probabilities: readonly ArrayLike<number>[] | undefined, rows: number): Int32Array {
  if (probabilities === undefined)
    throw new InputError('found neither scores nor predicted classes, expected one of them');
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let place = 1; place < probabilities.length; place++)
      if (probabilities[place]![row]! > probabilities[best]![row]!) best = place;
    return best;
  });
}

const none = (reason: string): Reasoned => ({ value: null, reason });
const onlyClasses = 'there are no scores, only predicted classes';

/** Mean of -ln(probability of the true class), clipped as scikit-learn clips. */
export function logLossOf({ classes, labels, probabilities, weights }: ClassScores): Reasoned {
  if (probabilities === undefined) return none(onlyClasses);
  let total = 0;
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    let all = 0;
    for (const column of probabilities) {
      const p = column[row]!;
      if (!(p >= 0 && p <= 1)) return none(`a score of row ${row + 1} is ${p}, not a probability`);
      all += p;
    }
    if (Math.abs(all - 1) > SUM_TOLERANCE) return none(`the scores of row ${row + 1} add up to ${all}, not to 1`);
    const own = probabilities[labels[row]!];
    if (own === undefined) return none(`the model does not know the class ${classes[labels[row]!]}`);
    const weight = weights ? weights[row]! : 1;
    total += weight;
    loss += weight * lossOf(own[row]!);
  }
  return total > 0 ? { value: loss / total, reason: null } : none('no rows');
}

export const lossOf = (p: number): number => -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));

/** The area under the ROC curve of each class against all others. */
export function areasUnderRoc(rows: ClassScores, { support, total }: ClassCounts): Reasoned[] {
  const { classes, probabilities, weights } = rows;
  return classes.map((name, place) => {
    if (probabilities === undefined) return none(onlyClasses);
    if (total === 0) return none('no rows');
    const scores = probabilities[place];
    if (scores === undefined) return none(`the model does not know the class ${name}`);
    if (!(support[place]! > 0)) return none(`no row is of class ${name}`);
    if (support[place] === total) return none(`every row is of class ${name}`);
    return { value: rocAuc(scoreGroups(ownLabels(rows.labels, place), scores, weights)), reason: null };
  });
}

/** 1 for the rows of one class, 0 for all others. */
export const ownLabels = (labels: ArrayLike<number>, place: number): Uint8Array =>
  Uint8Array.from({ length: labels.length }, (_, row) => Number(labels[row] === place));
