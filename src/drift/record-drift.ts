/**
 * How far one record lies from the training rows: the mean over its features of |x − mean| / std (std over n − 1).
 * Features that training does not know, that never varied in training, or whose value is no finite number are left out;
 * with none left the score is 0.
 */
export function recordDrift(
  features: Readonly<Record<string, unknown>>,
  means: Readonly<Record<string, number | null>>,
  stds: Readonly<Record<string, number | null>>,
): number {
  const distances = Object.entries(features).flatMap(([name, value]) => {
    const mean = Object.hasOwn(means, name) ? means[name] : null;
    const std = Object.hasOwn(stds, name) ? stds[name] : null;
    if (mean == null || std == null || !(std > 0)) return [];
    return typeof value === 'number' && Number.isFinite(value) ? [Math.abs(value - mean) / std] : [];
  });
  if (distances.length === 0) return 0;
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
