import { InputError } from '../../common/errors.js';
import { checkWeights } from './check-rows.js';

/** Rows gathered by score, highest score first: weight of the positives and of the negatives at each distinct score. */
export interface ScoreGroups {
  scores: Float64Array;
  positives: Float64Array;
  negatives: Float64Array;
  totalPositives: number;
  totalNegatives: number;
}

/**
 * Groups rows by their score, so that ties count once in every curve and ranking.
 * @param labels 0 or 1, one a row
 * @param scores any finite or infinite number, one a row
 * @throws InputError naming the first row whose label is not 0 or 1, or whose score is not a number
 */
export function scoreGroups(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): ScoreGroups {
  checkRows(labels, scores, weights);
  return weights ? weightedGroups(labels, scores, weights) : plainGroups(labels, scores);
}

function checkRows(labels: ArrayLike<number>, scores: ArrayLike<number>, weights?: ArrayLike<number>): void {
  if (labels.length !== scores.length || (weights && weights.length !== labels.length))
    throw new InputError(
      `labels, scores and weights must have the same number of rows, found ${labels.length}, ${scores.length} and ${weights?.length ?? 'none'}`,
    );
  checkWeights(weights);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label !== 0 && label !== 1) throw new InputError(`label of row ${row + 1} is ${label}, expected 0 or 1`);
    if (Number.isNaN(scores[row])) throw new InputError(`score of row ${row + 1} is not a number`);
  }
}

/** Two native sorts and a merge: no comparator and no index array, so that ten million rows stay quick. */
function plainGroups(labels: ArrayLike<number>, scores: ArrayLike<number>): ScoreGroups {
  const rows = labels.length;
  let totalPositives = 0;
  for (let row = 0; row < rows; row++) totalPositives += labels[row]!;
  const positive = new Float64Array(totalPositives);
  const negative = new Float64Array(rows - totalPositives);
  for (let row = 0, p = 0, n = 0; row < rows; row++) {
    // + 0 turns -0 into 0: the sort tells them apart, the comparison below does not.
    if (labels[row] === 1) positive[p++] = scores[row]! + 0;
    else negative[n++] = scores[row]! + 0;
  }
  positive.sort();
  negative.sort();
  return mergeDescending(positive, negative);
}

function mergeDescending(positive: Float64Array, negative: Float64Array): ScoreGroups {
  const most = positive.length + negative.length;
  const groups = {
    scores: new Float64Array(most),
    positives: new Float64Array(most),
    negatives: new Float64Array(most),
  };
  let count = 0;
  for (let p = positive.length - 1, n = negative.length - 1; p >= 0 || n >= 0; count++) {
    const score = Math.max(p >= 0 ? positive[p]! : -Infinity, n >= 0 ? negative[n]! : -Infinity);
    groups.scores[count] = score;
    for (; p >= 0 && positive[p] === score; p--) groups.positives[count]!++;
    for (; n >= 0 && negative[n] === score; n--) groups.negatives[count]!++;
  }
  return {
    scores: groups.scores.subarray(0, count),
    positives: groups.positives.subarray(0, count),
    negatives: groups.negatives.subarray(0, count),
    totalPositives: positive.length,
    totalNegatives: negative.length,
  };
}

function weightedGroups(labels: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>): ScoreGroups {
  const distinct = distinctDescending(scores);
  const positives = new Float64Array(distinct.length);
  const negatives = new Float64Array(distinct.length);
  let totalPositives = 0;
  let totalNegatives = 0;
  for (let row = 0; row < labels.length; row++) {
    const group = indexOfDescending(distinct, scores[row]!);
    const weight = weights[row]!;
    if (labels[row] === 1) {
      positives[group]! += weight;
      totalPositives += weight;
    } else {
      negatives[group]! += weight;
      totalNegatives += weight;
    }
  }
  return { scores: distinct, positives, negatives, totalPositives, totalNegatives };
}

function distinctDescending(scores: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(scores, (score) => score + 0).sort();
  let count = 0;
  for (let row = 0; row < sorted.length; row++)
    if (row === 0 || sorted[row] !== sorted[row - 1]) sorted[count++] = sorted[row]!;
  return sorted.subarray(0, count).reverse();
}

function indexOfDescending(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) low = middle + 1;
    else high = middle;
  }
  return low;
}
