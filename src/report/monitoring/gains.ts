import type { Confusion, Curves } from '../../documents/evaluation.js';
import type { TableBlock, TableRow } from '../blocks/blocks.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import type { ReportSource } from './report-source.js';

/** Shares of all rows that there may be time for. */
const shares = [0.01, 0.05, 0.1, 0.2, 0.5];

/**
 * Cumulative gains as a table: what looking at the rows with the highest scores finds, where there is no time for all
 * of them. Null without positives, or without a sweep over thresholds, which the matrix says already.
 */
export function gainsOf({ task, curves, baselineCurves, confusion }: ReportSource): TableBlock | null {
  const positives = confusion ? confusion.tp + confusion.fn : 0;
  if (task !== 'binary' || !curves?.sweep || positives === 0) return null;
  const rows = shares.flatMap((share) => rowOf(share, curves, baselineCurves));
  if (rows.length === 0) return null;
  return {
    type: 'table',
    id: 'gains',
    title: 'If there is time for some rows only',
    columns: [
      { id: 'share', title: 'Share' },
      { id: 'rows', title: 'Rows', number: true },
      { id: 'found', title: 'Found', number: true },
      { id: 'recall', title: 'Recall', number: true },
      { id: 'baseline', title: 'Baseline', number: true },
      { id: 'precision', title: 'Precision', number: true },
    ],
    rows,
    note: `Of ${formatCount(positives)} positives so many are among the rows with the highest scores; baseline: recall of its test rows.`,
  };
}

/** None where so few rows are looked at that the sweep has no threshold for them. */
function rowOf(share: number, curves: Curves, baselineCurves: Curves | null): TableRow[] {
  const at = within(curves, share);
  if (!at) return [];
  const before = within(baselineCurves, share);
  const { tp, fp, fn } = at;
  return [
    {
      id: String(share),
      cells: [
        {
          ...textCell(`${formatNumber(100 * share, 0)}\u00a0%`),
          ...{ sort: 100 * share, full: `scores of ${formatNumber(at.threshold)} and more` },
        },
        countCell(tp + fp),
        countCell(tp),
        numberCell(tp / (tp + fn)),
        numberCell(before && before.tp + before.fn > 0 ? before.tp / (before.tp + before.fn) : null, {
          reason: 'the baseline does not record it',
        }),
        numberCell(tp / (tp + fp)),
      ],
    },
  ];
}

/** The lowest threshold at which no more than a share of the rows is flagged, and what it flags. */
function within(curves: Curves | null, share: number): (Confusion & { threshold: number }) | undefined {
  const sweep = curves?.sweep;
  if (!sweep) return undefined;
  return sweep.threshold
    .map((threshold, at) => ({
      threshold,
      ...{ tp: sweep.tp[at]!, fp: sweep.fp[at]!, fn: sweep.fn[at]!, tn: sweep.tn[at]! },
    }))
    .find(({ tp, fp, fn, tn }) => tp + fp > 0 && tp + fp <= share * (tp + fp + fn + tn));
}
