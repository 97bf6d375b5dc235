import type { Confusion } from './confusion.js';
import { type ScoreGroups, scoreGroups } from './score-groups.js';

/** A drawn curve has about this many points at most, whatever the number of rows. */
const MAX_POINTS = 500;

export interface PrPoint {
  threshold: number;
  precision: number;
  recall: number;
}

export interface RocPoint {
  /** Null at the start of the curve, where nothing is predicted positive. */
  threshold: number | null;
  fpr: number;
  tpr: number;
}

export interface SweepPoint extends Confusion {
  threshold: number;
}

/** All three curves of the same rows, which are sorted once for them. */
export function curvesOf(labels: ArrayLike<number>, scores: ArrayLike<number>, maxPoints = MAX_POINTS) {
  const groups = scoreGroups(labels, scores);
  return { pr: prOf(groups, maxPoints), roc: rocOf(groups, maxPoints), sweep: sweepOf(groups, maxPoints) };
}

/** Precision and recall at falling thresholds (scikit-learn's points without its appended end); empty without positives. */
export function prCurve(labels: ArrayLike<number>, scores: ArrayLike<number>, maxPoints = MAX_POINTS): PrPoint[] {
  return prOf(scoreGroups(labels, scores), maxPoints);
}

function prOf(groups: ScoreGroups, maxPoints: number): PrPoint[] {
  if (groups.totalPositives === 0) return [];
  return walk(groups, maxPoints).map(({ threshold, tp, fp }) => ({
    threshold,
    precision: tp / (tp + fp),
    recall: tp / groups.totalPositives,
  }));
}

/** False and true positive rate at falling thresholds, from (0, 0) to (1, 1); empty without both classes. */
export function rocCurve(labels: ArrayLike<number>, scores: ArrayLike<number>, maxPoints = MAX_POINTS): RocPoint[] {
  return rocOf(scoreGroups(labels, scores), maxPoints);
}

function rocOf(groups: ScoreGroups, maxPoints: number): RocPoint[] {
  if (groups.totalPositives === 0 || groups.totalNegatives === 0) return [];
  const points = walk(groups, maxPoints).map(({ threshold, tp, fp }) => ({
    threshold,
    fpr: fp / groups.totalNegatives,
    tpr: tp / groups.totalPositives,
  }));
  return [{ threshold: null, fpr: 0, tpr: 0 }, ...points];
}

/** What each threshold would have done, thresholds rising; only scores that occur are thresholds. */
export function thresholdSweep(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  maxPoints = MAX_POINTS,
): SweepPoint[] {
  return sweepOf(scoreGroups(labels, scores), maxPoints);
}

function sweepOf(groups: ScoreGroups, maxPoints: number): SweepPoint[] {
  return walk(groups, maxPoints)
    .map(({ threshold, tp, fp }) => {
      return { threshold, tp, fp, fn: groups.totalPositives - tp, tn: groups.totalNegatives - fp };
    })
    .reverse();
}

/**
 * The running counts at falling thresholds, thinned evenly both by threshold and by recall, so that a curve over
 * few positives among many rows keeps its shape. First and last are always there.
 */
function walk(groups: ScoreGroups, maxPoints: number): { threshold: number; tp: number; fp: number }[] {
  const count = groups.scores.length;
  const steps = Math.max(1, Math.floor(maxPoints / 2) - 1);
  const keepAll = count <= maxPoints;
  const points: { threshold: number; tp: number; fp: number }[] = [];
  let tp = 0;
  let fp = 0;
  let lastStep = -1;
  let lastRecall = -1;
  for (let g = 0; g < count; g++) {
    tp += groups.positives[g]!;
    fp += groups.negatives[g]!;
    const step = Math.floor((g * steps) / count);
    const recall = groups.totalPositives > 0 ? Math.floor((tp * steps) / groups.totalPositives) : 0;
    if (!keepAll && step === lastStep && recall === lastRecall && g < count - 1) continue;
    points.push({ threshold: groups.scores[g]!, tp, fp });
    lastStep = step;
    lastRecall = recall;
  }
  return points;
}
