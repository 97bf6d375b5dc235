import { classFigure } from '../../project/rules/class-figure.js';
import { averageAreaIntervals } from './area-noise.js';
import { randomSource } from '../random-source.js';
import { areaInterval, intervalsOf, MOST_CELLS, SEED, type Bootstrap } from './bootstrap.js';
import { classCounts, type ClassCounts } from './class-matrix.js';
import { lossOf, ownLabels, type ClassScores } from './class-scores.js';
import { classFigures, countedRows, multiclassFigures, type MulticlassFigure } from './multiclass-figures.js';
import type { MulticlassEvaluation } from './multiclass-evaluation.js';
import { poisson } from './poisson.js';
import { wilsonInterval } from './wilson.js';

type Evaluated = Pick<MulticlassEvaluation, 'classes' | 'confusion' | 'log_loss' | 'per_class'>;

/**
 * 95 % intervals of the figures of several classes, by the names that rules give them, as `binaryIntervals` draws them:
 * every cell of the confusion matrix is drawn Poisson-many times; the losses of rows in 2,000 lots at most; the area of a
 * class as that of a binary score, and areas averaged over classes by DeLong's variance. Rates have Wilson's:
 * `classRateIntervals`.
 */
export function multiclassIntervals(rows: ClassScores, evaluated: Evaluated): Bootstrap {
  if (rows.labels.length < 2) return { intervals: {}, reason: 'fewer than 2 rows' };
  const random = randomSource(SEED);
  const { intervals } = intervalsOf(() => {
    const drawn = countedRows(evaluated.confusion.map((row) => row.map((count) => poisson(count, random))));
    const entries = bootstrapped(evaluated.classes).map(
      ([key, { value }, place]) => [key, value(drawn, place)] as const,
    );
    return Object.fromEntries(entries);
  });
  return {
    intervals: { ...intervals, ...lossInterval(rows, evaluated), ...areaIntervals(rows, evaluated) },
    reason: null,
  };
}

/** What resampled counts give an interval: all but what needs the scores. */
function bootstrapped(classes: readonly string[]): [key: string, figure: MulticlassFigure, place: number][] {
  return named(classes).filter(([, { interval }]) => interval === 'bootstrap');
}

/** Every figure with the name that rules give it, and the place of its class. */
function named(classes: readonly string[]): [key: string, figure: MulticlassFigure, place: number][] {
  const whole = Object.entries(multiclassFigures).map(
    ([key, figure]) => [key, figure as MulticlassFigure, -1] as const,
  );
  const each = Object.entries(classFigures).flatMap(([key, figure]) =>
    classes.map((name, place) => [classFigure(key, name), figure as MulticlassFigure, place] as const),
  );
  return [...whole, ...each].map(([key, figure, place]) => [key, figure, place]);
}

/** Numerator and denominator of the figures that are rates, and how many rows the others need a minimum of. */
export function partsOfClassFigures(
  classes: readonly string[],
  confusion: readonly (readonly number[])[],
): Map<string, { parts?: [part: number, whole: number]; size: number }> {
  const counts: ClassCounts = classCounts(confusion);
  return new Map(
    named(classes).map(([key, { parts, size }, place]) => [
      key,
      { parts: parts?.(counts, place), size: size?.(counts, place) ?? counts.total },
    ]),
  );
}

/** Wilson's intervals of the rates among the figures; one over nothing has none. */
export function classRateIntervals({ classes, confusion }: Evaluated): Record<string, [low: number, high: number]> {
  const entries = [...partsOfClassFigures(classes, confusion)].flatMap(([key, { parts }]) => {
    const interval = parts && wilsonInterval(...parts);
    return interval ? [[key, [interval.low, interval.high] as [number, number]] as const] : [];
  });
  return Object.fromEntries(entries);
}

function lossInterval({ labels, probabilities }: ClassScores, { log_loss }: Evaluated): Bootstrap['intervals'] {
  if (log_loss === null || probabilities === undefined) return {};
  const lots = Math.min(labels.length, MOST_CELLS);
  const [losses, rows] = [new Float64Array(lots), new Float64Array(lots)];
  for (let row = 0; row < labels.length; row++) {
    losses[row % lots]! += lossOf(probabilities[labels[row]!]![row]!);
    rows[row % lots]!++;
  }
  const random = randomSource(SEED);
  return intervalsOf(() => {
    let [loss, all] = [0, 0];
    for (let lot = 0; lot < lots; lot++) {
      const times = poisson(1, random);
      loss += times * losses[lot]!;
      all += times * rows[lot]!;
    }
    return { log_loss: all > 0 ? loss / all : null };
  }).intervals;
}

function areaIntervals({ labels, probabilities }: ClassScores, evaluated: Evaluated): Bootstrap['intervals'] {
  const entries = evaluated.per_class.flatMap(({ class: name, roc_auc }, place) => {
    const interval = roc_auc === null ? undefined : areaInterval(ownLabels(labels, place), probabilities![place]!);
    return interval === undefined ? [] : [[classFigure('roc_auc', name), interval] as const];
  });
  const areas = evaluated.per_class.flatMap(({ roc_auc }) => (roc_auc === null ? [] : [roc_auc]));
  const averages =
    areas.length < evaluated.classes.length ? undefined : averageAreaIntervals({ labels, probabilities }, areas);
  return { ...Object.fromEntries(entries), ...averages };
}
