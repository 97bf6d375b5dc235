import { walkBoth } from './samples.js';

/**
 * The first Wasserstein distance: the area between the two distribution functions, in the values' own unit.
 * Both samples sorted, not empty. As `scipy.stats.wasserstein_distance`.
 */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  let area = 0;
  let from = NaN;
  let height = 0;
  walkBoth(reference, current, (value, below, belowToo) => {
    if (height > 0) area += height * (value - from);
    from = value;
    height = Math.abs(below / reference.length - belowToo / current.length);
  });
  return area;
}

/** The distance in standard deviations of the reference (over n, not less than 0.001): Evidently's `wasserstein`. */
export function wassersteinNormed(reference: Float64Array, current: Float64Array): number {
  return wassersteinDistance(reference, current) / Math.max(populationStd(reference), 0.001);
}

/** The standard deviation over n. */
export function populationStd(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
