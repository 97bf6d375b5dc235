import type { Interval } from './bootstrap.js';
import { ownLabels, type ClassScores } from './class-scores.js';

/** Of a normal curve, beyond which 2.5 % lie. */
const width = 1.959963984540054;

/**
 * 95 % intervals of the areas under the ROC curves of all classes averaged, plainly and by share, from the variance of what
 * each row adds to them (DeLong, DeLong and Clarke-Pearson 1988; the areas of all classes are of the same rows, so their
 * covariances count: rows of one true class are alike, those of different ones independent). By share, the draw of the
 * shares counts as well. Of two classes it is DeLong's interval of the one area.
 * @param areas of each class; @returns nothing where a class has fewer than 2 rows: its noise is not known
 */
export function averageAreaIntervals(
  rows: Pick<ClassScores, 'labels' | 'probabilities'>,
  areas: readonly number[],
): Record<'roc_auc_ovr' | 'roc_auc_ovr_weighted', Interval> | undefined {
  const { labels, probabilities } = rows;
  const total = labels.length;
  const support = areas.map(() => 0);
  for (let row = 0; row < total; row++) support[labels[row]!]!++;
  if (probabilities === undefined || areas.length < 2 || Math.min(...support) < 2) return undefined;
  const placements = probabilities.map((scores, place) => placementsOf(ownLabels(labels, place), scores));
  const plain = areas.map(() => 1 / areas.length);
  const share = support.map((count) => count / total);
  const varianceOf = (weights: readonly number[]): number => {
    const added = new Float64Array(total);
    for (const [place, placed] of placements.entries())
      for (let row = 0; row < total; row++) {
        const own = labels[row] === place ? support[place]! : total - support[place]!;
        added[row]! += (weights[place]! * (placed[row]! - areas[place]!)) / own;
      }
    return support.reduce((sum, count, place) => sum + count * varianceWithin(added, labels, place, count), 0);
  };
  const around = (weights: readonly number[], also = 0): Interval => {
    const value = areas.reduce((sum, area, place) => sum + weights[place]! * area, 0);
    const half = width * Math.sqrt(varianceOf(weights) + also);
    return [Math.max(0, value - half), Math.min(1, value + half)];
  };
  const mean = areas.reduce((sum, area, place) => sum + share[place]! * area, 0);
  const ofShares = areas.reduce((sum, area, place) => sum + share[place]! * (area - mean) ** 2, 0) / total;
  return { roc_auc_ovr: around(plain), roc_auc_ovr_weighted: around(share, ofShares) };
}

function varianceWithin(values: Float64Array, labels: ArrayLike<number>, place: number, count: number): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) if (labels[row] === place) sum += values[row]!;
  let squares = 0;
  for (let row = 0; row < values.length; row++) if (labels[row] === place) squares += (values[row]! - sum / count) ** 2;
  return squares / (count - 1);
}

/** Of each positive row the share of negatives that score lower, of each negative one that of positives that score higher; equal ones count half. */
function placementsOf(labels: Uint8Array, scores: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const placed = new Float64Array(labels.length);
  let [above, aboveNegatives] = [0, 0];
  for (let from = 0; from < order.length;) {
    let [to, own] = [from, 0];
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) own += labels[order[to]!]!;
    const others = to - from - own;
    for (; from < to; from++) {
      const row = order[from]!;
      placed[row] =
        labels[row] === 1 ? (negatives - aboveNegatives - others / 2) / negatives : (above + own / 2) / positives;
    }
    [above, aboveNegatives] = [above + own, aboveNegatives + others];
  }
  return placed;
}
