import type { DriftColumn, DriftReport } from '../documents/drift-report.js';
import type { Profile } from './compare.js';

/** From this share of the columns on a table has drifted. NannyML and Model Monitor have no such share: one is enough. */
const thresholds: Record<Profile, number | null> = { default: 0.3, evidently: 0.5, nannyml: null, sagemaker: null };

/**
 * Whether the table has drifted: the share of its columns that have, against the profile's threshold. In the `default`
 * profile, columns weigh by their importance where the model's is known: what the model does not look at does not matter.
 * Columns that could have been compared and were not (too few rows, not there) leave the answer open where it hangs on
 * them; text and dates are no candidates, unless they have drifted by what is missing in them.
 */
export function datasetOf(columns: readonly DriftColumn[], profile: Profile): DriftReport['dataset'] {
  const candidates = columns.filter(
    ({ type, suited, drifted }) =>
      (type === 'numerical' || type === 'categorical' || drifted === true) && suited !== false,
  );
  const weighted = profile === 'default' && candidates.some(({ importance }) => (importance ?? 0) > 0);
  const weight = (column: DriftColumn) => (weighted ? (column.importance ?? 0) : 1);
  const sum = (of: readonly DriftColumn[]) => of.reduce((total, column) => total + weight(column), 0);
  const known = candidates.filter(({ drifted }) => drifted !== null);
  const threshold = thresholds[profile];
  const base = { threshold, ...(weighted ? { weighted } : {}) };
  if (sum(known) === 0) return { drifted: null, share: null, ...base, reason: 'no column could be compared' };
  const [moved, open] = [sum(known.filter(({ drifted }) => drifted)), sum(candidates) - sum(known)];
  const reached = (part: number) => (threshold === null ? part > 0 : part / sum(candidates) >= threshold);
  const share = moved / sum(known);
  // Whatever the open columns turned out to be: at least so much drifts, and at most so much.
  const [least, most] = [reached(moved), reached(moved + open)];
  if (least === most) return { drifted: least, share, ...base };
  return { drifted: null, share, ...base, reason: 'it hangs on columns that could not be compared' };
}
