import type { DriftColumn } from '../documents/drift-report.js';
import { countBelow, evenEdges } from './methods/binning.js';
import { categoriesOf, presentIn, type Sample, sharesOfCounts } from './sample.js';
import { quantile } from './statistics.js';

const bins = 20;
/** So many categories are drawn, the most frequent; the rest together are one more. */
const mostCategories = 20;

/**
 * Shares of both samples to be drawn over each other: in equal bins between the reference's 1st and 99th percentile, the
 * outer ones open, or by category. Null where one of them is empty.
 */
export function overlayOf(reference: Sample, current: Sample): DriftColumn['histogram'] {
  if (presentIn(reference) === 0 || presentIn(current) === 0) return null;
  if (reference.kind === 'numeric' && current.kind === 'numeric')
    return numericOverlay(reference.values, current.values);
  return categoryOverlay(reference, current);
}

function numericOverlay(reference: Float64Array, current: Float64Array): DriftColumn['histogram'] {
  const [low, high] = [quantile(reference, 0.01), quantile(reference, 0.99)];
  const edges = low === high ? evenEdges(low - 0.5, high + 0.5, bins) : evenEdges(low, high, bins);
  const share = (values: Float64Array) => {
    const starts = [0, ...edges.slice(1, -1).map((edge) => countBelow(values, edge)), values.length];
    return starts.slice(1).map((start, bin) => (start - starts[bin]!) / values.length);
  };
  return { edges, reference: share(reference), current: share(current) };
}

function categoryOverlay(reference: Sample, current: Sample): DriftColumn['histogram'] {
  const { keys, before, after } = categoriesOf(reference, current);
  const [p, q] = [sharesOfCounts(before), sharesOfCounts(after)];
  const places = keys.map((_, at) => at).sort((a, b) => Math.max(p[b]!, q[b]!) - Math.max(p[a]!, q[a]!));
  const [drawn, rest] = [places.slice(0, mostCategories), places.slice(mostCategories)];
  const sum = (shares: number[]) => rest.reduce((total, at) => total + shares[at]!, 0);
  const other = rest.length === 0 ? [] : [`${rest.length} others`];
  return {
    categories: [...drawn.map((at) => String(keys[at])), ...other],
    reference: [...drawn.map((at) => p[at]!), ...other.map(() => sum(p))],
    current: [...drawn.map((at) => q[at]!), ...other.map(() => sum(q))],
  };
}
