import { columnsOfBaseline, type DataQualityBaseline } from '../documents/baselines.js';
import { recordDrift } from '../drift/record-drift.js';

/** How far one record lies from the version's training rows. Null, with the reason, when these are not known. */
export function driftScore(
  features: Record<string, unknown>,
  baseline: DataQualityBaseline | undefined,
): { drift_score: number | null; reasons?: { drift_score: string } } {
  if (baseline === undefined)
    return { drift_score: null, reasons: { drift_score: 'this model version has no training statistics' } };
  const columns = [...columnsOfBaseline(baseline)];
  const figures = (which: 'mean' | 'std') => Object.fromEntries(columns.map(([name, column]) => [name, column[which]]));
  return { drift_score: recordDrift(features, figures('mean'), figures('std')) };
}
