import { rocAuc } from '../metrics/ranking.js';
import { scoreGroups } from '../metrics/score-groups.js';
import { fitIsotonic, isotonicAt, type Isotonic } from './isotonic.js';
import { stratifiedSplits } from './stratified-splits.js';

const splitting = { splits: 10, testShare: 0.1, seed: 42 };
const bins = 10;
/** A ranking this good leaves nothing to calibrate. */
const perfect = 0.999;

/**
 * What turns scores into probabilities; null where they are as good as they stand. Fitted on all rows, but only where it
 * helps on rows that it did not see (NannyML's `needs_calibration`): over 10 splits the calibration error of the test rows
 * taken together must become smaller.
 */
export function fitCalibrator(scores: ArrayLike<number>, labels: ArrayLike<number>): Isotonic | null {
  return needsCalibration(scores, labels) ? fitIsotonic(scores, labels) : null;
}

export function calibrated(calibrator: Isotonic | null, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score) => (calibrator === null ? score : isotonicAt(calibrator, score)));
}

function needsCalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): boolean {
  const auc = rocAuc(scoreGroups(labels, scores));
  if (auc === null || auc > perfect) return false;
  const tested = { labels: [] as number[], before: [] as number[], after: [] as number[] };
  for (const { train, test } of stratifiedSplits(labels, splitting)) {
    const pick = (of: ArrayLike<number>, rows: Int32Array) => Float64Array.from(rows, (row) => of[row]!);
    const fitted = fitIsotonic(pick(scores, train), pick(labels, train));
    for (const row of test) {
      tested.labels.push(labels[row]!);
      tested.before.push(scores[row]!);
      tested.after.push(isotonicAt(fitted, scores[row]!));
    }
  }
  return calibrationError(tested.before, tested.labels) > calibrationError(tested.after, tested.labels);
}

/**
 * Expected calibration error over 10 bins of equally many rows by score, the last with what is left over. Rows of one score
 * stand in the order given, where NumPy leaves their order to the machine.
 */
function calibrationError(scores: readonly number[], labels: readonly number[]): number {
  const order = scores.map((_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const count = scores.length <= 2 * bins ? Math.floor(scores.length / 2) : bins;
  const width = Math.floor(order.length / count);
  const last = Math.floor(order.length / width) - 1;
  let error = 0;
  for (let bin = 0; bin <= last; bin++) {
    const rows = order.slice(bin * width, bin === last ? order.length : (bin + 1) * width);
    const difference = rows.reduce((sum, row) => sum + scores[row]! - labels[row]!, 0);
    error += Math.abs(difference) / order.length;
  }
  return error;
}
