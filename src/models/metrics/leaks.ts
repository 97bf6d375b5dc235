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
  if (labels.length < fewestRows || few) return [];
  const sides = task === 'multiclass' ? againstRest(labels) : [];
  return matrix.columns.flatMap((column, place) => {
    const values = Float64Array.from(rows, (row) => matrix.values[place]![row]!);
    const words = isCategory(matrix, column) ? (matrix.categories?.[column]?.length ?? 0) : undefined;
    if (words !== undefined) for (let row = 0; row < values.length; row++) if (!(values[row]! >= 0)) values[row] = NaN;
    const why =
      task === 'multiclass'
        ? whySeveral(values, sides, words)
        : task === 'binary'
          ? (whyMissing(values, labels) ??
            (words !== undefined && words > mostWords ? null : whyRanked(values, labels, words)))
          : words === undefined
            ? whyMultiple(values, labels)
            : null;
    return why === null ? [] : [{ column, why }];
  });
}

/** Of each class with rows enough: 1 for its own rows, 0 for all others. */
function againstRest(labels: Float64Array): Float64Array[] {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const enough = [...counts].filter(([, count]) => count >= fewestOfClass && labels.length - count >= fewestOfClass);
  return enough.map(([place]) => labels.map((label) => Number(label === place)));
}

/** One class may well be told apart by an honest column: an answer tells all of them apart. */
function whySeveral(values: Float64Array, sides: Float64Array[], words: number | undefined): string | null {
  const gap = sides.map((side) => whyMissing(values, side)).find((why) => why !== null);
  if (gap !== undefined) return gap;
  const coded = words === undefined ? codesOfFew(values) : { values, words };
  if (sides.length < 2 || coded === undefined || coded.words > mostWords) return null;
  const all = sides.map((side) => whyRanked(coded.values, side, coded.words));
  return all.every((why) => why !== null) ? 'it alone tells all classes apart' : null;
}

/** Few different numbers are words of another kind; undefined where they are many. */
function codesOfFew(values: Float64Array): { values: Float64Array; words: number } | undefined {
  const codes = new Map<number, number>();
  for (const value of values) {
    if (!Number.isNaN(value) && !codes.has(value)) codes.set(value, codes.size);
    if (codes.size > mostWords) return undefined;
  }
  return { values: values.map((value) => codes.get(value) ?? NaN), words: codes.size };
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
