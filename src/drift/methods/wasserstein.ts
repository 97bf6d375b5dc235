/**
 * The first Wasserstein distance: the area between the two distribution functions, in the values' own unit.
 * Both samples sorted, not empty. As `scipy.stats.wasserstein_distance`.
 */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  const [n, m] = [reference.length, current.length];
  let [i, j, area] = [0, 0, 0];
  let from = Math.min(reference[0]!, current[0]!);
  // One step a value, ties included: between two equal ones there is no area.
  while (i < n && j < m) {
    const [left, right] = [reference[i]!, current[j]!];
    const value = left <= right ? left : right;
    area += Math.abs(i / n - j / m) * (value - from);
    from = value;
    if (left <= right) i += 1;
    else j += 1;
  }
  for (; i < n; i += 1) {
    area += (1 - i / n) * (reference[i]! - from);
    from = reference[i]!;
  }
  for (; j < m; j += 1) {
    area += (1 - j / m) * (current[j]! - from);
    from = current[j]!;
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
