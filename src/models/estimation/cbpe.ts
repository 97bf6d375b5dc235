import { calibrated, fitCalibrator } from './calibrator.js';
import { expectedFigures, type ExpectedFigure } from './expected-figures.js';
import type { Isotonic } from './isotonic.js';
import { components, samplingError, type Component, type Components, type Labelled } from './sampling-error.js';

/** An estimate of a figure, and how far chance moves the figure of so many rows: one standard deviation. */
export interface Estimate {
  value: number;
  error: number;
}
export type Estimates = Record<ExpectedFigure, Estimate>;

/** What is learned from labelled rows that the model itself never saw. */
export interface BinaryEstimator {
  /** null: the scores are probabilities as they stand. */
  calibrator: Isotonic | null;
  components: Components;
}

/**
 * Confidence-based performance estimation of a binary classifier, as NannyML's CBPE: scores become probabilities, and
 * figures what is to be expected of those. It holds while what a score means stays the same; a change of that itself, it
 * cannot see.
 */
export function fitBinary(reference: Labelled): BinaryEstimator {
  return {
    calibrator: fitCalibrator(reference.scores, reference.labels),
    components: components(reference),
  };
}

export function estimateBinary(
  { calibrator, components: of }: BinaryEstimator,
  { scores, predicted }: Pick<Labelled, 'scores' | 'predicted'>,
): Estimates {
  const values = expectedFigures({ probabilities: calibrated(calibrator, scores), scores, predicted });
  return estimates((name) => ({ value: values[name], error: samplingError(of[name], scores.length) }));
}

/** Rows of a classifier of several classes: a column of scores a class, and classes as their places among them. */
export interface LabelledClasses {
  labels: ArrayLike<number>;
  scores: ArrayLike<number>[];
  predicted: ArrayLike<number>;
}
export interface ClassesEstimator {
  /** One a class, against the others. */
  classes: BinaryEstimator[];
  accuracy: Component;
}

/** As `fitBinary`, each class against the others. */
export function fitClasses(reference: LabelledClasses): ClassesEstimator {
  const { labels, predicted } = reference;
  let right = 0;
  for (let row = 0; row < labels.length; row++) right += Number(labels[row] === predicted[row]);
  const share = right / labels.length;
  return {
    classes: reference.scores.map((scores, at) =>
      fitBinary({ labels: only(labels, at), scores, predicted: only(predicted, at) }),
    ),
    accuracy: { variance: share * (1 - share), share: 1 },
  };
}

/** Means over the classes (`macro`); probabilities of a row are made to sum to 1, equal ones where all are 0. */
export function estimateClasses(
  estimator: ClassesEstimator,
  { scores, predicted }: Pick<LabelledClasses, 'scores' | 'predicted'>,
): Estimates {
  const rows = predicted.length;
  const probabilities = estimator.classes.map(({ calibrator }, at) => calibrated(calibrator, scores[at]!));
  for (let row = 0; row < rows; row++) {
    const sum = probabilities.reduce((total, one) => total + one[row]!, 0);
    for (const one of probabilities) one[row] = sum === 0 ? 1 / probabilities.length : one[row]! / sum;
  }
  let right = 0;
  for (let row = 0; row < rows; row++) right += probabilities[predicted[row]!]![row]!;
  const figures = probabilities.map((of, at) =>
    expectedFigures({ probabilities: of, scores: scores[at]!, predicted: only(predicted, at) }),
  );
  return estimates((name) => {
    if (name === 'accuracy') return { value: right / rows, error: samplingError(estimator.accuracy, rows) };
    const value = figures.reduce((sum, one) => sum + one[name], 0) / figures.length;
    return { value, error: meanError(estimator, name, rows) };
  });
}

/**
 * NannyML's error of a mean over classes. An F1 is taken as a rate there; of rankings, which hang together, the error is a
 * fifth larger; that of the average precision is the mean of the classes', as if they were one.
 */
function meanError({ classes }: ClassesEstimator, name: ExpectedFigure, rows: number): number {
  const variances = classes.map(({ components: of }) => {
    const { variance, share } = name === 'f1' ? asRate(of) : of[name];
    return variance / (share * rows);
  });
  const sum = variances.reduce((total, variance) => total + variance, 0);
  if (name === 'average_precision') return Math.sqrt(sum / classes.length);
  return (Math.sqrt(sum) / classes.length) * (name === 'roc_auc' ? 1.2 : 1);
}

/** The component of F1 without the factor that makes it one of F1: its rows as hits and misses. */
function asRate({ f1, f1Hits }: Components): Component {
  return { variance: f1Hits * (1 - f1Hits), share: f1.share };
}

const names: ExpectedFigure[] = [
  'roc_auc',
  'average_precision',
  'f1',
  'precision',
  'recall',
  'specificity',
  'accuracy',
];
const estimates = (of: (name: ExpectedFigure) => Estimate): Estimates =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Estimates;

const only = (places: ArrayLike<number>, at: number) => Uint8Array.from(places, (place) => Number(place === at));
