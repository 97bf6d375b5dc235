import { InputError } from '../../common/errors.js';
import { classFigure } from '../../project/rules/class-figure.js';
import { checkLengths, checkWeights } from './check-rows.js';
import { classCounts, classMatrix } from './class-matrix.js';
import {
  classFigures,
  multiclassFigures,
  type ClassFigureName,
  type MulticlassFigure,
  type MulticlassFigureName,
  type MulticlassRows,
} from './multiclass-figures.js';
import { areasUnderRoc, logLossOf, mostProbable, type ClassScores } from './class-scores.js';

/** The figures of a classifier of several classes. A figure that cannot be computed is null, its reason in `reasons`. */
export type MulticlassEvaluation = {
  n: number;
  classes: string[];
  /** Rows (or weights) by true class, then by predicted class. */
  confusion: number[][];
  per_class: ({ class: string; support: number } & Record<ClassFigureName, number | null>)[];
  /** Of a figure of one class under the name that rules give it: `recall{comp1}`. */
  reasons: Record<string, string>;
} & Record<MulticlassFigureName, number | null>;

/**
 * Evaluates a classifier of several classes. Definitions are scikit-learn's: macro averages over the classes that occur
 * among labels or predictions (a class without a denominator counts 0), `weighted` by the label's share, `micro` over
 * all rows; ROC AUC one class against the rest, averaged plainly and by share, for which every class must occur.
 * @throws InputError for a class that is none, or columns that do not fit
 */
export function multiclassEvaluation(rows: ClassScores & { predicted?: ArrayLike<number> }): MulticlassEvaluation {
  const { classes, labels, probabilities, weights } = rows;
  checkWeights(weights);
  checkClasses('label', labels, classes.length);
  if (probabilities && probabilities.length > classes.length)
    throw new InputError(
      `found ${probabilities.length} columns of scores, expected one for each of ${classes.length} classes`,
    );
  const predicted = rows.predicted ?? mostProbable(probabilities, labels.length);
  checkLengths({ labels, predictions: predicted, weights, scores: probabilities?.[0] });
  checkClasses('prediction', predicted, classes.length);
  const confusion = classMatrix(labels, predicted, classes.length, weights);
  const counts = classCounts(confusion);
  const of: MulticlassRows = { counts, loss: logLossOf(rows), areas: areasUnderRoc(rows, counts) };
  const reasons: Record<string, string> = {};
  const valueOf = (key: string, { value, none }: MulticlassFigure, place: number) => {
    const found = value(of, place);
    if (found === null) reasons[key] = counts.total > 0 ? none(of, place) : 'no rows';
    return found;
  };
  const valuesOf = <Name extends string>(
    table: Record<Name, MulticlassFigure>,
    key: (name: Name) => string,
    place = -1,
  ) =>
    Object.fromEntries(
      (Object.keys(table) as Name[]).map((name) => [name, valueOf(key(name), table[name], place)]),
    ) as Record<Name, number | null>;
  return {
    n: labels.length,
    classes: [...classes],
    confusion,
    per_class: classes.map((name, place) => ({
      class: name,
      support: counts.support[place]!,
      ...valuesOf<ClassFigureName>(classFigures, (figure) => classFigure(figure, name), place),
    })),
    ...valuesOf<MulticlassFigureName>(multiclassFigures, (figure) => figure),
    reasons,
  };
}

function checkClasses(what: string, places: ArrayLike<number>, classes: number): void {
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (!Number.isInteger(place) || place < 0 || place >= classes)
      throw new InputError(`${what} of row ${row + 1} is ${place}, expected a class from 0 to ${classes - 1}`);
  }
}

/** The figures of every class, by the names that rules give them. */
export function figuresByClass(evaluation: Pick<MulticlassEvaluation, 'per_class'>): Record<string, number | null> {
  const entries = evaluation.per_class.flatMap((one) =>
    (Object.keys(classFigures) as ClassFigureName[]).map((name) => [classFigure(name, one.class), one[name]] as const),
  );
  return Object.fromEntries(entries);
}
