import { randomSource } from '../random-source.js';
import { agreementOf, confusionAt, ratesOf } from './confusion.js';
import { averagePrecision, ksStatistic, rocAuc } from './ranking.js';
import { scoreGroups, type ScoreGroups } from './score-groups.js';

export type Interval = [low: number, high: number];
export interface Bootstrap {
  /** 95 % percentile intervals by figure. */
  intervals: Record<string, Interval>;
  resamples: number;
  /** Why there are none. */
  reason: string | null;
}

const SEED = 42;
const RESAMPLES = 200;
/** Draws that are made at most: many rows get fewer resamples, and too many none. */
const MOST_DRAWS = RESAMPLES * 200_000;
const FEWEST = 50;
/** Of the resamples, so many may lack the figure (all of one class) before its interval would be one of the others. */
const MOST_UNDEFINED = 0.05;

/**
 * 95 % intervals of the figures of a binary score that are no plain rates: the percentile bootstrap (Efron 1979), rows
 * drawn with replacement from a fixed seed, 200 resamples up to 200,000 rows, fewer beyond and none from 800,000 on.
 * Rows of one score and label are drawn as one cell of a multinomial, so that a resample costs no sort.
 */
export function binaryIntervals(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Bootstrap {
  const groups = scoreGroups(labels, scores);
  const resamples = resamplesFor(labels.length);
  if (resamples === 0) return none(labels.length);
  const loss = groupLosses(groups);
  const draw = cellDrawer(groups);
  const found = collector();
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = draw();
    const confusion = confusionAt(drawn, threshold);
    const { balanced_accuracy, mcc, kappa, f0_5, f2 } = agreementOf(confusion);
    found.add({
      f1: ratesOf(confusion).f1,
      f0_5,
      f2,
      balanced_accuracy,
      mcc,
      kappa,
      roc_auc: rocAuc(drawn),
      average_precision: averagePrecision(drawn),
      ks: ksStatistic(drawn),
      ...(loss === null ? {} : loss(drawn)),
    });
  }
  return { intervals: found.intervals(resamples), resamples, reason: null };
}

/** As `binaryIntervals`, for the figures of a regression that are sums over rows. */
export function regressionIntervals(labels: ArrayLike<number>, predictions: ArrayLike<number>): Bootstrap {
  const rows = labels.length;
  const resamples = resamplesFor(rows);
  if (resamples === 0) return none(rows);
  const random = randomSource(SEED);
  let centre = 0;
  for (let row = 0; row < rows; row++) centre += labels[row]! / rows;
  const found = collector();
  for (let resample = 0; resample < resamples; resample++) {
    const sums = { square: 0, absolute: 0, relative: 0, label: 0, labelSquare: 0 };
    for (let drawn = 0; drawn < rows; drawn++) {
      const row = Math.floor(random() * rows);
      const error = predictions[row]! - labels[row]!;
      sums.square += error * error;
      sums.absolute += Math.abs(error);
      sums.relative += Math.abs(error / labels[row]!);
      sums.label += labels[row]! - centre;
      sums.labelSquare += (labels[row]! - centre) ** 2;
    }
    const spread = sums.labelSquare - sums.label ** 2 / rows;
    found.add({
      rmse: Math.sqrt(sums.square / rows),
      mae: sums.absolute / rows,
      mape: sums.relative / rows,
      r2: spread > 0 ? 1 - sums.square / spread : null,
    });
  }
  return { intervals: found.intervals(resamples), resamples, reason: null };
}

function resamplesFor(rows: number): number {
  if (rows < 2) return 0;
  const affordable = Math.min(RESAMPLES, Math.floor(MOST_DRAWS / rows));
  return affordable < FEWEST ? 0 : affordable;
}

function none(rows: number): Bootstrap {
  const reason = rows < 2 ? 'fewer than 2 rows' : `${rows} rows are too many to draw ${FEWEST} resamples from`;
  return { intervals: {}, resamples: 0, reason };
}

/** Draws as many rows as there are, with replacement, and hands out the groups with the drawn counts. */
function cellDrawer(groups: ScoreGroups): () => ScoreGroups {
  const random = randomSource(SEED);
  const rows = groups.totalPositives + groups.totalNegatives;
  // One entry a row: its group, or with the sign turned (and 1 less) the group of a negative.
  const cells = new Int32Array(rows);
  let at = 0;
  for (let group = 0; group < groups.scores.length; group++) {
    cells.fill(group, at, (at += groups.positives[group]!));
    cells.fill(-group - 1, at, (at += groups.negatives[group]!));
  }
  const positives = new Float64Array(groups.scores.length);
  const negatives = new Float64Array(groups.scores.length);
  return () => {
    positives.fill(0);
    negatives.fill(0);
    let totalPositives = 0;
    for (let row = 0; row < rows; row++) {
      const cell = cells[Math.floor(random() * rows)]!;
      if (cell >= 0) {
        positives[cell]!++;
        totalPositives++;
      } else negatives[-cell - 1]!++;
    }
    return { scores: groups.scores, positives, negatives, totalPositives, totalNegatives: rows - totalPositives };
  };
}

/** Log loss and Brier score from group counts; null where a score is no probability. */
function groupLosses({ scores }: ScoreGroups): ((drawn: ScoreGroups) => Record<string, number>) | null {
  if (!scores.every((score) => score >= 0 && score <= 1)) return null;
  const clipped = scores.map((score) => Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON));
  const hit = clipped.map((score) => -Math.log(score));
  const miss = clipped.map((score) => -Math.log(1 - score));
  return ({ positives, negatives, totalPositives, totalNegatives }) => {
    let log = 0;
    let square = 0;
    for (let group = 0; group < scores.length; group++) {
      log += positives[group]! * hit[group]! + negatives[group]! * miss[group]!;
      square += positives[group]! * (1 - scores[group]!) ** 2 + negatives[group]! * scores[group]! ** 2;
    }
    const rows = totalPositives + totalNegatives;
    return { log_loss: log / rows, brier: square / rows };
  };
}

function collector() {
  const values: Record<string, number[]> = {};
  return {
    add(figures: Record<string, number | null>): void {
      for (const [name, value] of Object.entries(figures))
        if (value !== null && Number.isFinite(value)) (values[name] ??= []).push(value);
    },
    intervals(resamples: number): Record<string, Interval> {
      const enough = Object.entries(values).filter(([, found]) => found.length >= (1 - MOST_UNDEFINED) * resamples);
      return Object.fromEntries(
        enough.map(([name, found]) => {
          const sorted = Float64Array.from(found).sort();
          return [name, [quantile(sorted, 0.025), quantile(sorted, 0.975)]];
        }),
      );
    },
  };
}

/** Quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan's type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
