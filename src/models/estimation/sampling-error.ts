import { averagePrecision } from '../metrics/ranking.js';
import { scoreGroups } from '../metrics/score-groups.js';
import { randomSource } from '../random-source.js';
import type { ExpectedFigure } from './expected-figures.js';

/** Labelled rows of a binary classifier. */
export interface Labelled {
  labels: ArrayLike<number>;
  scores: ArrayLike<number>;
  predicted: ArrayLike<number>;
}

/** What is needed to say how far chance moves a figure of n rows: its variance is `variance / (share · n)`. */
export interface Component {
  variance: number;
  /** The share of rows that the figure is about. */
  share: number;
}
/** `f1Hits`: of the rows that F1 is about, the share that is found. */
export type Components = Record<ExpectedFigure, Component> & { f1Hits: number };

const [experiments, mostRows, seed] = [50, 50_000, 42];

/** NannyML's components of the sampling error of each figure, from rows whose labels are known. */
export function components(rows: Labelled): Components {
  const { labels, predicted } = rows;
  const n = labels.length;
  let [tp, fp, fn] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    if (labels[row] === 1 && predicted[row] === 1) tp++;
    else if (labels[row] === 1) fn++;
    else if (predicted[row] === 1) fp++;
  }
  const tn = n - tp - fp - fn;
  const rate = (hits: number, misses: number): Component => {
    const part = hits / (hits + misses);
    return { variance: part * (1 - part), share: (hits + misses) / n };
  };
  const f1 = rate(tp, fp + fn);
  return {
    roc_auc: rankComponent(rows),
    average_precision: precisionComponent(rows),
    // Of those that F1 is about, each that is found counts so much more than it does in a rate.
    f1: { ...f1, variance: f1.variance * ((tp + fp + fn) / (tp + (fp + fn) / 2)) ** 2 },
    f1Hits: tp / (tp + fp + fn),
    precision: rate(tp, fp),
    recall: rate(tp, fn),
    specificity: rate(tn, fp),
    accuracy: { ...rate(tp + tn, fp + fn), share: 1 },
  };
}

export function samplingError({ variance, share }: Component, rows: number): number {
  return Math.sqrt(variance / (share * rows));
}

/** By the share of the more frequent class that each row of the rarer one stands above. */
function rankComponent({ labels, scores }: Labelled): Component {
  const n = labels.length;
  let ones = 0;
  for (let row = 0; row < n; row++) ones += labels[row]!;
  const turned = ones / n > 0.5;
  const rare = turned ? 0 : 1;
  const value = (row: number) => (turned ? 1 - scores[row]! : scores[row]!);
  const order = Uint32Array.from({ length: n }, (_, row) => row).sort((a, b) => value(a) - value(b));
  const [few, many] = turned ? [n - ones, ones] : [ones, n - ones];
  const above: number[] = [];
  let met = 0;
  order.forEach((row, rank) => {
    if (labels[row] !== rare) return;
    // A rank of 0 is nobody's there: it cannot be told from a row of the other class.
    if (rank > 0) above.push((rank - met) / many);
    if (rank > 0) met++;
  });
  return { variance: varianceOf(above), share: few / n };
}

/** Of 50 samples of half of the rows, drawn with a seed of ours where NannyML draws anew each time. */
function precisionComponent({ labels, scores }: Labelled): Component {
  const size = Math.min(Math.floor(labels.length / 2), mostRows);
  const random = randomSource(seed);
  const found = Array.from({ length: experiments }, () => {
    const rows = Uint32Array.from({ length: size }, () => Math.floor(random() * labels.length));
    const pick = (of: ArrayLike<number>) => Float64Array.from(rows, (row) => of[row]!);
    return averagePrecision(scoreGroups(pick(labels), pick(scores))) ?? 0;
  });
  return { variance: varianceOf(found) * size, share: 1 };
}

export function varianceOf(values: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  const mean = sum / values.length;
  for (let at = 0; at < values.length; at++) squares += (values[at]! - mean) ** 2;
  return squares / values.length;
}
