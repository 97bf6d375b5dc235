import type { DriftColumn } from '../documents/drift-report.js';
import { adjusted } from './methods/adjust.js';
import { proportionsTest } from './methods/proportions.js';
import { presentIn, totalOf, type Sample } from './sample.js';

/** From so many of the rows on (a share) such a change matters; the tests of the distribution have 0.1 for a distance. */
const matters = 0.05;
/** Fewer rows than this in either table say nothing. */
const fewestRows = 30;
/** Below this probability, corrected for the number of columns, a change is not chance. */
const significant = 0.05;

type Change = NonNullable<DriftColumn['changes']>[number];

/** Rows of a column, and those of them without a value. */
export interface Gaps {
  missing: number;
  rows: number;
}

/** What a distribution does not show of a column: values that are missing, and categories that the reference never had. */
export function changesOf(reference: Sample, current: Sample, type: DriftColumn['type']): Partial<DriftColumn> {
  const missing = missingOf(gapsOf(reference), gapsOf(current));
  // Of prose every value is new.
  if (type !== 'categorical' || reference.kind !== 'category' || current.kind !== 'category') return missing;
  const { share, change } = newCategories(reference.counts, current.counts, gapsOf(reference), gapsOf(current));
  return { ...missing, new_category_share: share, changes: [...missing.changes!, ...change] };
}

/** The shares of rows without a value, and whether they differ by more than chance (pooled z test of two shares). */
export function missingOf(reference: Gaps, current: Gaps): Pick<DriftColumn, 'missing' | 'changes'> {
  const [before, after] = [shareOf(reference.missing, reference.rows), shareOf(current.missing, current.rows)];
  const missing = { reference: before, current: after };
  if (Math.min(reference.rows, current.rows) < fewestRows) return { missing, changes: [] };
  const { p } = proportionsTest(current.missing, current.rows, reference.missing, reference.rows);
  return { missing, changes: [{ of: 'missing', size: Math.abs(after! - before!), p_value: p, threshold: matters }] };
}

/**
 * The share of current rows whose category the reference never had, held against what is to be expected of a sample as
 * large as the reference: the share of its values that stand there once (Good 1953, after Turing).
 */
function newCategories(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  reference: Gaps,
  current: Gaps,
): { share: number | null; change: Change[] } {
  let fresh = 0;
  for (const [name, count] of after) if (!before.has(name)) fresh += count;
  const share = shareOf(fresh, current.rows);
  const known = totalOf(before);
  if (Math.min(known, current.rows) < fewestRows) return { share, change: [] };
  let once = 0;
  for (const count of before.values()) once += Number(count === 1);
  const { p } = proportionsTest(fresh, current.rows, once, reference.rows);
  const size = Math.max(0, share! - once / reference.rows);
  return { share, change: [{ of: 'new_categories', size, p_value: p, threshold: matters }] };
}

function gapsOf(sample: Sample): Gaps {
  const infinite = sample.kind === 'numeric' ? sample.infinite : 0;
  return { missing: sample.missing, rows: presentIn(sample) + sample.missing + infinite };
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/**
 * Columns that have drifted by such a change, whatever their distributions say. Probabilities are corrected for the
 * number of columns, each kind of change apart.
 */
export function withChanges(columns: readonly DriftColumn[]): DriftColumn[] {
  const corrected = new Map<Change, number>();
  for (const kind of ['missing', 'new_categories'] as const) {
    const found = columns.flatMap(({ changes = [] }) => changes.filter((change) => change.of === kind));
    adjusted(found.map(({ p_value }) => p_value)).forEach((p, at) => corrected.set(found[at]!, p!));
  }
  return columns.map((column) => {
    if (column.changes === undefined) return column;
    const changes = column.changes.map((change) => {
      const p = corrected.get(change)!;
      return { ...change, p_adjusted: p, over: change.size > change.threshold && p < significant };
    });
    const over = changes.filter((change) => change.over);
    if (over.length === 0) return { ...column, changes };
    const severity = over.some(({ size }) => size > 0.25) || column.severity === 'major' ? 'major' : 'moderate';
    return { ...column, changes, drifted: true, severity };
  });
}
