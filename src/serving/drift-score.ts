import { columnsOfBaseline, type DataQualityBaseline } from '../documents/baselines.js';
import { recordDrift } from '../drift/record-drift.js';

/** How far a record lies from the training rows, in words: normal below one deviation, moderate up to two, high above. */
export type DriftBand = 'normal' | 'moderate' | 'high';
const bandOf = (score: number): DriftBand => (score < 1 ? 'normal' : score <= 2 ? 'moderate' : 'high');

/** How far one record lies from the version's training rows, as a number and as a band. Null, with the reason, when these are not known. */
export function driftScore(
  features: Record<string, unknown>,
  baseline: DataQualityBaseline | undefined,
): { drift_score: number | null; drift_band: DriftBand | null; reasons?: { drift_score: string } } {
  if (baseline === undefined)
    return {
      drift_score: null,
      drift_band: null,
      reasons: { drift_score: 'this model version has no training statistics' },
    };
  const { mean, std } = trainingOf(baseline);
  const drift_score = recordDrift(features, mean, std);
  return { drift_score, drift_band: bandOf(drift_score) };
}

type Figures = Record<string, number | null>;
const known = new WeakMap<DataQualityBaseline, { mean: Figures; std: Figures }>();

/** Means and deviations of the training rows by column, put together once a version. */
function trainingOf(baseline: DataQualityBaseline): { mean: Figures; std: Figures } {
  let found = known.get(baseline);
  if (found === undefined) {
    const columns = [...columnsOfBaseline(baseline)];
    const figures = (which: 'mean' | 'std') =>
      Object.fromEntries(columns.map(([name, column]) => [name, column[which]]));
    known.set(baseline, (found = { mean: figures('mean'), std: figures('std') }));
  }
  return found;
}
