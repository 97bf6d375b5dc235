import { isCategory } from '../table/columns.js';
import type { Matrix } from '../table/matrix.js';
import type { Task } from '../task.js';
import { rocAuc } from './ranking.js';
import { scoreGroups } from './score-groups.js';

/** A column that says too much by itself, and what it says. */
export interface Leak {
  column: string;
  why: string;
}

/** What no honest column reaches alone. */
const leastAuc = 0.99;
const leastCorrelation = 0.999;
/** Of fewer rows, or of a class, anything may look telling. */
const fewestRows = 50;
const fewestOfClass = 10;
/** The mean of the target by value knows the rows themselves where values are many. */
const mostWords = 20;

/**
 * Columns that may hold what is to be predicted: one that tells the classes apart by itself, that is a multiple of the
 * target, or that is missing in exactly the rows of one class, as what is only written down afterwards is.
 * @param target NaN for a row without a label, which does not count; classes are 0 and 1
 */
export function leaksOf(matrix: Matrix, target: Float64Array, task: Task): Leak[] {
  const rows = Int32Array.from(target.keys()).filter((row) => !Number.isNaN(target[row]!));
  const labels = Float64Array.from(rows, (row) => target[row]!);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const few = task === 'binary' && Math.min(positives, labels.length - positives) < fewestOfClass;
  if (task === 'multiclass' || labels.length < fewestRows || few) return [];
  return matrix.columns.flatMap((column, place) => {
    const values = Float64Array.from(rows, (row) => matrix.values[place]![row]!);
    const words = isCategory(matrix, column) ? (matrix.categories?.[column]?.length ?? 0) : undefined;
    if (words !== undefined) for (let row = 0; row < values.length; row++) if (!(values[row]! >= 0)) values[row] = NaN;
    const why =
      task === 'binary'
        ? (whyMissing(values, labels) ??
          (words !== undefined && words > mostWords ? null : whyRanked(values, labels, words)))
        : words === undefined
          ? whyMultiple(values, labels)
          : null;
    return why === null ? [] : [{ column, why }];
  });
}

function whyMissing(values: Float64Array, labels: Float64Array): string | null {
  for (const label of [0, 1])
    if (labels.every((own, row) => Number.isNaN(values[row]!) === (own === label)))
      return `it is missing exactly where the target is ${label}: is it known only afterwards?`;
  return null;
}

function whyRanked(values: Float64Array, labels: Float64Array, words: number | undefined): string | null {
  const known = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  const own = Float64Array.from(known, (row) => labels[row]!);
  const scores = Float64Array.from(known, (row) => values[row]!);
  if (words !== undefined) byMean(scores, own, words);
  const positives = own.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, own.length - positives) < fewestOfClass) return null;
  const auc = rocAuc(scoreGroups(own, scores))!;
  const best = Math.max(auc, 1 - auc);
  return best > leastAuc ? `it alone tells the classes apart (ROC AUC ${best.toFixed(3)})` : null;
}

/** Each code becomes the mean of its rows' labels. */
function byMean(codes: Float64Array, labels: Float64Array, words: number): void {
  const [counts, sums] = [new Float64Array(words), new Float64Array(words)];
  codes.forEach((code, row) => {
    counts[code]!++;
    sums[code]! += labels[row]!;
  });
  codes.forEach((code, row) => (codes[row] = sums[code]! / counts[code]!));
}

function whyMultiple(values: Float64Array, target: Float64Array): string | null {
  let [n, x, y] = [0, 0, 0];
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) return;
    n++;
    x += value;
    y += target[row]!;
  });
  if (n < fewestRows) return null;
  let [xx, yy, xy] = [0, 0, 0];
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) return;
    const [dx, dy] = [value - x / n, target[row]! - y / n];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  const r = xy / Math.sqrt(xx * yy);
  return Math.abs(r) > leastCorrelation ? `it is nearly a multiple of the target (correlation ${r.toFixed(4)})` : null;
}
