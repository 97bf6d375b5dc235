import type { OverlayView } from './blocks.js';

/** The box that an overlay is drawn in; y runs downwards. */
export const overlayBox = { width: 100, height: 24 };
const margin = 2;

/** Both samples' shares in the same bins as two lines; null without histograms. */
export function overlayOf(histogram: { baseline: number[]; current: number[] } | null): OverlayView | null {
  const top = histogram && topOf(histogram.baseline, histogram.current);
  if (!histogram || top === null) return null;
  return {
    baseline: line(histogram.baseline, top),
    current: line(histogram.current, top),
    label: labelOf(histogram.baseline, histogram.current, 'lie in other bins'),
  };
}

/** Shares by category as steps: no line leads from one category to the next. */
export function categoryOverlay({ baseline, current }: { baseline: number[]; current: number[] }): OverlayView | null {
  const top = topOf(baseline, current);
  if (top === null) return null;
  return {
    baseline: steps(baseline, top),
    current: steps(current, top),
    label: labelOf(baseline, current, 'are of other categories'),
  };
}

/** The largest share; null where the two do not belong together or hold nothing. */
function topOf(baseline: readonly number[], current: readonly number[]): number | null {
  if (baseline.length === 0 || baseline.length !== current.length) return null;
  const top = [...baseline, ...current].reduce((most, share) => Math.max(most, share), 0);
  return top > 0 ? top : null;
}

const ground = overlayBox.height - margin;
const heightOf = (share: number, top: number) => ground - (share / top) * (ground - margin);

/** A line through the middle of every bin, standing on the ground at both ends. */
function line(shares: readonly number[], top: number): string {
  const step = overlayBox.width / shares.length;
  const points = shares.map((share, i) => [step * (i + 0.5), heightOf(share, top)] as const);
  return path([[0, ground] as const, ...points, [overlayBox.width, ground] as const]);
}

/** A bar a category, with a gap to the next. */
function steps(shares: readonly number[], top: number): string {
  const step = overlayBox.width / shares.length;
  const points = shares.flatMap((share, i) => {
    const [left, right, y] = [step * (i + 0.12), step * (i + 0.88), heightOf(share, top)];
    return [[left, ground] as const, [left, y] as const, [right, y] as const, [right, ground] as const];
  });
  return path(points);
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

/** The overlay in words: how much of the rows lies elsewhere than before. */
function labelOf(baseline: readonly number[], current: readonly number[], elsewhere: string): string {
  const moved = baseline.reduce((sum, share, i) => sum + Math.abs(share - current[i]!), 0) / 2;
  return `${Math.round(moved * 100)} % of rows ${elsewhere} than at the baseline`;
}
