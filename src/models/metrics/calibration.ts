import { checkWeights } from './check-rows.js';

/** The rows of one bin: how many (or their weight), what they scored on average and how many of them were positive. */
export interface CalibrationBin {
  from: number;
  to: number;
  n: number;
  meanScore: number;
  positiveRate: number;
}

export interface BinnedCalibration {
  binning: string;
  /** Expected calibration error: mean distance between score and positive rate, bins weighted by their rows. */
  ece: number | null;
  /** Maximum calibration error: the distance of the worst bin. */
  mce: number | null;
  bins: CalibrationBin[];
  /** Why there is none. */
  reason: string | null;
}

const BINS = 10;

/**
 * Calibration of a binary score in `bins` bins of equal width, (a, b] and the first with 0, as scikit-learn's
 * `calibration_curve(strategy='uniform')` makes them; empty bins are left out. ECE = Σ n_b / N · |mean score − positive
 * rate|, MCE its maximum. Without rows, or where a score is no probability, both are null with the reason.
 */
export function equalWidthCalibration(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
  bins = BINS,
): BinnedCalibration {
  const binning = `${bins} bins of equal width`;
  checkWeights(weights);
  const reason = notProbability(scores);
  if (reason !== null) return { binning, ece: null, mce: null, bins: [], reason };
  const step = 1 / bins;
  const sums = { n: new Float64Array(bins), score: new Float64Array(bins), positive: new Float64Array(bins) };
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    let bin = Math.min(bins - 1, Math.floor(score * bins));
    // Edges are i / bins as a sum of steps gives them; a score on an edge belongs below it.
    while (bin > 0 && score <= bin * step) bin--;
    while (bin < bins - 1 && score > (bin + 1) * step) bin++;
    const weight = weights ? weights[row]! : 1;
    sums.n[bin]! += weight;
    sums.score[bin]! += weight * score;
    sums.positive[bin]! += weight * labels[row]!;
  }
  const filled = Array.from({ length: bins }, (_, bin) => ({
    from: bin * step,
    to: bin === bins - 1 ? 1 : (bin + 1) * step,
    n: sums.n[bin]!,
    meanScore: sums.score[bin]! / sums.n[bin]!,
    positiveRate: sums.positive[bin]! / sums.n[bin]!,
  })).filter(({ n }) => n > 0);
  return summed(binning, filled);
}

/**
 * Calibration in `bins` bins of equally many rows, by position after a stable sort by score: ⌊n / bins⌋ rows each, the
 * last takes the rest (NannyML's binning). Fewer rows than bins make one bin.
 */
export function equalCountCalibration(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  bins = BINS,
): BinnedCalibration {
  const binning = `${bins} bins of equally many rows`;
  const reason = notProbability(scores);
  if (reason !== null) return { binning, ece: null, mce: null, bins: [], reason };
  const order = Uint32Array.from(scores, (_, row) => row).sort((left, right) => scores[left]! - scores[right]!);
  const size = Math.floor(order.length / bins);
  const count = size === 0 ? 1 : bins;
  const filled = Array.from({ length: count }, (_, bin) => {
    const rows = order.subarray(bin * size, bin === count - 1 ? order.length : (bin + 1) * size);
    const mean = (values: ArrayLike<number>) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    const edges = { from: scores[rows[0]!]!, to: scores[rows.at(-1)!]! };
    return { ...edges, n: rows.length, meanScore: mean(scores), positiveRate: mean(labels) };
  });
  return summed(binning, filled);
}

function summed(binning: string, bins: CalibrationBin[]): BinnedCalibration {
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  if (!(total > 0)) return { binning, ece: null, mce: null, bins: [], reason: 'no rows' };
  const distances = bins.map(({ meanScore, positiveRate }) => Math.abs(meanScore - positiveRate));
  const ece = bins.reduce((sum, { n }, bin) => sum + (n / total) * distances[bin]!, 0);
  return { binning, ece, mce: Math.max(...distances), bins, reason: null };
}

function notProbability(scores: ArrayLike<number>): string | null {
  if (scores.length === 0) return 'no rows';
  for (let row = 0; row < scores.length; row++) {
    if (!(scores[row]! >= 0 && scores[row]! <= 1))
      return `score of row ${row + 1} is ${scores[row]!}, not a probability`;
  }
  return null;
}
