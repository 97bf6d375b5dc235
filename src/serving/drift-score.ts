import type { DataQualityBaseline } from '../documents/baselines.js';

/**
 * How far one record lies from the training rows: the mean of |x − mean| / std over its numeric features that the
 * baseline knows and that vary there. Null, with the reason, when there is nothing to compare.
 */
export function driftScore(
  features: Record<string, unknown>,
  baseline: DataQualityBaseline | undefined,
): { drift_score: number | null; reasons?: { drift_score: string } } {
  if (baseline === undefined) return unknown('this model version has no training statistics');
  const distances = Object.entries(features).flatMap(([name, value]) => {
    const { mean, std } = baseline[name] ?? {};
    return typeof value === 'number' && mean != null && std != null && std > 0 ? [Math.abs(value - mean) / std] : [];
  });
  if (distances.length === 0) return unknown('no feature of the record can be compared with the training statistics');
  return { drift_score: distances.reduce((sum, distance) => sum + distance, 0) / distances.length };
}

function unknown(reason: string) {
  return { drift_score: null, reasons: { drift_score: reason } };
}
