import { randomSource } from '../random-source.js';
import { binaryFigures, type BinaryRows } from './binary-figures.js';
import { confusionAt } from './confusion.js';
import { poisson } from './poisson.js';
import { rocAuc } from './ranking.js';
import { regressionFigures } from './regression-figures.js';
import { type ScoreGroups, scoreGroups } from './score-groups.js';

export type Interval = [low: number, high: number];
export interface Bootstrap {
  /** 95 % intervals by figure. */
  intervals: Record<string, Interval>;
  /** Why there are none. */
  reason: string | null;
}

export const SEED = 42;
const RESAMPLES = 200;
/** Cells that are drawn at most: more rows are drawn in larger cells, so that millions cost as little as thousands. */
export const MOST_CELLS = 2000;
/** Of the resamples, so many may lack the figure (all of one class) before its interval would be one of the others. */
const MOST_UNDEFINED = 0.05;

type Figures = Record<string, number | null>;
type Losses = BinaryRows['losses'];
const noLosses: Losses = { log_loss: null, brier: null, ece: null, mce: null, reason: 'not drawn' };

/** A figure that resampled rows give an interval, or another one. */
type Drawn<Rows> =
  { interval: 'bootstrap'; value: (of: Rows) => number | null } | { interval: 'wilson' | null; value: unknown };

function bootstrapped<Rows>(table: Record<string, Drawn<Rows>>, rows: Rows): Figures {
  const drawn = Object.entries(table).flatMap(([name, figure]) =>
    figure.interval === 'bootstrap' ? [[name, figure.value(rows)] as const] : [],
  );
  return Object.fromEntries(drawn);
}

/**
 * 95 % intervals of the figures of a binary score that are no plain rates: percentiles of 200 bootstrap resamples (Efron
 * 1979) from a fixed seed. Every cell of rows with one score and label is drawn Poisson-many times (Chamandy et al.
 * 2012), so that a resample costs no sort. Of more than 2,000 distinct scores neighbours are drawn as one, on one side of
 * the threshold, and the intervals moved by what the figure itself loses by that.
 */
export function binaryIntervals(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Bootstrap {
  if (labels.length < 2) return { intervals: {}, reason: 'fewer than 2 rows' };
  const groups = scoreGroups(labels, scores);
  const cells = merged(groups, threshold);
  const loss = lossesOf(groups, cells.groupOf);
  const figures = (of: ScoreGroups, losses: Losses = noLosses): Figures =>
    bootstrapped(binaryFigures, { confusion: confusionAt(of, threshold), groups: of, losses });
  const random = randomSource(SEED);
  return intervalsOf(
    () => {
      const drawn = redrawn(cells.groups, random);
      return figures(drawn, loss?.(drawn));
    },
    { exact: figures(groups), coarse: figures(cells.groups) },
  );
}

/** As `binaryIntervals`, of the area under the ROC curve alone. */
export function areaInterval(labels: ArrayLike<number>, scores: ArrayLike<number>): Interval | undefined {
  const groups = scoreGroups(labels, scores);
  const cells = merged(groups, Infinity).groups;
  const random = randomSource(SEED);
  const area = (of: ScoreGroups): Figures => ({ roc_auc: rocAuc(of) });
  const drawn = intervalsOf(() => area(redrawn(cells, random)), { exact: area(groups), coarse: area(cells) });
  return drawn.intervals.roc_auc;
}

/** As `binaryIntervals`, for the figures of a regression that are sums over rows; many rows are drawn in 2,000 lots. */
export function regressionIntervals(labels: ArrayLike<number>, predictions: ArrayLike<number>): Bootstrap {
  const rows = labels.length;
  if (rows < 2) return { intervals: {}, reason: 'fewer than 2 rows' };
  const lots = Math.min(rows, MOST_CELLS);
  const sums = sumsByLot(labels, predictions, lots);
  const random = randomSource(SEED);
  return intervalsOf(() => {
    const times = Float64Array.from({ length: lots }, () => poisson(1, random));
    const total = (of: Float64Array) =>
      of.reduce((sum, value, lot) => (times[lot] === 0 ? sum : sum + times[lot]! * value), 0);
    const weight = total(sums.rows);
    return bootstrapped(regressionFigures, {
      weight,
      square: total(sums.square),
      absolute: total(sums.absolute),
      relative: total(sums.relative),
      // A label of 0 makes the relative error infinite, which no interval counts.
      zeros: 0,
      spread: total(sums.labelSquare) - total(sums.label) ** 2 / weight,
    });
  });
}

/** Sums of lots of rows; labels are taken from their mean, so that no digits are lost in their squares. */
function sumsByLot(labels: ArrayLike<number>, predictions: ArrayLike<number>, lots: number) {
  const empty = () => new Float64Array(lots);
  const sums = { rows: empty(), square: empty(), absolute: empty(), relative: empty(), label: empty(), labelSquare: empty() }; // prettier-ignore
  let centre = 0;
  for (let row = 0; row < labels.length; row++) centre += labels[row]! / labels.length;
  for (let row = 0; row < labels.length; row++) {
    const lot = row % lots;
    const error = predictions[row]! - labels[row]!;
    sums.rows[lot]!++;
    sums.square[lot]! += error * error;
    sums.absolute[lot]! += Math.abs(error);
    sums.relative[lot]! += Math.abs(error / labels[row]!);
    sums.label[lot]! += labels[row]! - centre;
    sums.labelSquare[lot]! += (labels[row]! - centre) ** 2;
  }
  return sums;
}

/** Neighbouring groups as one, about equally many each, none across the threshold; `groupOf`: where each went. */
function merged(groups: ScoreGroups, threshold: number): { groups: ScoreGroups; groupOf: Uint32Array } {
  const count = groups.scores.length;
  const groupOf = new Uint32Array(count);
  const size = Math.max(1, count / (MOST_CELLS / 2));
  let cells = 0;
  for (let group = 0, start = 0; group < count; group++) {
    const crossed = group > 0 && groups.scores[group - 1]! >= threshold && groups.scores[group]! < threshold;
    if (group > 0 && (group - start >= size || crossed)) {
      cells++;
      start = group;
    }
    groupOf[group] = cells;
  }
  cells = count === 0 ? 0 : cells + 1;
  const made = {
    ...groups,
    scores: new Float64Array(cells),
    positives: new Float64Array(cells),
    negatives: new Float64Array(cells),
  };
  for (let group = 0; group < count; group++) {
    const cell = groupOf[group]!;
    made.scores[cell] = groups.scores[group]!;
    made.positives[cell]! += groups.positives[group]!;
    made.negatives[cell]! += groups.negatives[group]!;
  }
  return { groups: made, groupOf };
}

function redrawn(groups: ScoreGroups, random: () => number): ScoreGroups {
  const draw = (counts: Float64Array) => counts.map((count) => poisson(count, random));
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
  const [positives, negatives] = [draw(groups.positives), draw(groups.negatives)];
  return { ...groups, positives, negatives, totalPositives: sum(positives), totalNegatives: sum(negatives) };
}

/** Log loss and Brier score from the mean losses of each cell; null where a score is no probability. */
function lossesOf(groups: ScoreGroups, groupOf: Uint32Array): ((drawn: ScoreGroups) => Losses) | null {
  const { scores, positives, negatives } = groups;
  if (!scores.every((score) => score >= 0 && score <= 1)) return null;
  const clipped = scores.map((score) => Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON));
  const means = (loss: (group: number) => number, counts: Float64Array) => {
    const [losses, all] = [new Float64Array(groupOf.length), new Float64Array(groupOf.length)];
    for (let group = 0; group < groupOf.length; group++) {
      losses[groupOf[group]!]! += counts[group]! * loss(group);
      all[groupOf[group]!]! += counts[group]!;
    }
    return losses.map((value, cell) => (all[cell]! > 0 ? value / all[cell]! : 0));
  };
  const parts = {
    log_loss: [
      means((group) => -Math.log(clipped[group]!), positives),
      means((group) => -Math.log(1 - clipped[group]!), negatives),
    ],
    brier: [means((group) => (1 - scores[group]!) ** 2, positives), means((group) => scores[group]! ** 2, negatives)],
  };
  return (drawn) => {
    const dot = (counts: Float64Array, losses: Float64Array) =>
      counts.reduce((sum, count, cell) => sum + count * losses[cell]!, 0);
    const rows = drawn.totalPositives + drawn.totalNegatives;
    const mean = ([hit, miss]: Float64Array[]) => (dot(drawn.positives, hit!) + dot(drawn.negatives, miss!)) / rows;
    return { ...noLosses, log_loss: mean(parts.log_loss), brier: mean(parts.brier) };
  };
}

export function intervalsOf(draw: () => Figures, { exact, coarse }: Record<string, Figures> = {}): Bootstrap {
  const values: Record<string, number[]> = {};
  for (let resample = 0; resample < RESAMPLES; resample++)
    for (const [name, value] of Object.entries(draw()))
      if (value !== null && Number.isFinite(value)) (values[name] ??= []).push(value);
  const enough = Object.entries(values).filter(([, found]) => found.length >= (1 - MOST_UNDEFINED) * RESAMPLES);
  const intervals = enough.map(([name, found]): [string, Interval] => {
    const sorted = Float64Array.from(found).sort();
    const lost = (exact?.[name] ?? 0) - (coarse?.[name] ?? 0);
    return [name, [quantile(sorted, 0.025) + lost, quantile(sorted, 0.975) + lost]];
  });
  return { intervals: Object.fromEntries(intervals), reason: null };
}

/** Quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan's type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
