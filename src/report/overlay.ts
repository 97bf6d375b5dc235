import type { ColumnDrift } from '../documents/monitoring.js';
import type { DriftRowView } from './view.js';

/** The box that an overlay is drawn in; y runs downwards. */
export const overlayBox = { width: 100, height: 24 };
const margin = 2;

/** Both samples' shares in the same bins as two lines; null without histograms. */
export function overlayOf(histogram: ColumnDrift['histogram']): DriftRowView['overlay'] {
  if (!histogram || histogram.baseline.length === 0 || histogram.baseline.length !== histogram.current.length)
    return null;
  const top = Math.max(...histogram.baseline, ...histogram.current);
  if (!(top > 0)) return null;
  return {
    baseline: line(histogram.baseline, top),
    current: line(histogram.current, top),
    label: labelOf(histogram.baseline, histogram.current),
  };
}

/** A line through the middle of every bin, standing on the ground at both ends. */
function line(shares: readonly number[], top: number): string {
  const ground = overlayBox.height - margin;
  const step = overlayBox.width / shares.length;
  const points = shares.map((share, i) => [step * (i + 0.5), ground - (share / top) * (ground - margin)] as const);
  const all = [[0, ground] as const, ...points, [overlayBox.width, ground] as const];
  return all.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

/** The overlay in words: how much of the rows lies elsewhere than before. */
function labelOf(baseline: readonly number[], current: readonly number[]): string {
  const moved = baseline.reduce((sum, share, i) => sum + Math.abs(share - current[i]!), 0) / 2;
  return `${Math.round(moved * 100)} % of rows lie in other bins than at the baseline`;
}
