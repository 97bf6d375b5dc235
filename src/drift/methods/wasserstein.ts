/**
 * The first Wasserstein distance: the area between the two distribution functions, in the values' own unit.
 * Both samples sorted, not empty. As `scipy.stats.wasserstein_distance`, but summed along the quantiles rather than the
 * values: which sample's quantile ends next is a regular thing, which of two values is smaller is not.
 */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  const [n, m] = [reference.length, current.length];
  // Quantiles are counted in parts of n times m, so that both samples' are whole numbers.
  const part = 1 / (n * m);
  let [i, j, from, area] = [0, 0, 0, 0];
  while (i < n && j < m) {
    const [left, right] = [(i + 1) * m, (j + 1) * n];
    const to = left <= right ? left : right;
    area += Math.abs(reference[i]! - current[j]!) * ((to - from) * part);
    from = to;
    if (left === to) i += 1;
    if (right === to) j += 1;
  }
  return area;
}

/** The distance in standard deviations of the reference (over n, not less than 0.001): Evidently's `wasserstein`. */
export function wassersteinNormed(reference: Float64Array, current: Float64Array): number {
  return wassersteinDistance(reference, current) / Math.max(populationStd(reference), 0.001);
}

/** The standard deviation over n; taken from the first value on, so that large numbers cost no digits. */
export function populationStd(values: Float64Array): number {
  const from = values[0]!;
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at]! - from;
  const distance = sum / values.length;
  let squares = 0;
  for (let at = 0; at < values.length; at += 1) squares += (values[at]! - from - distance) ** 2;
  return Math.sqrt(squares / values.length);
}
