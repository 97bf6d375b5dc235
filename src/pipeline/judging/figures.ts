import type { Confusion } from '../../documents/evaluation.js';
import type { ColumnDrift, MonitoringResults } from '../../documents/monitoring.js';
import type { Figure, FigureSet } from '../../gates/figures.js';
import { rateParts, wilsonInterval } from '../../models/metrics/wilson.js';
import { figuresOf, type Task } from '../../project/known-figures.js';
import { figureOf, type SplitFigures } from '../training/evaluate.js';

/** The figures that a task's tables get, by name. */
export function figureNames(task: Task): readonly string[] {
  return figuresOf(task, 'model');
}

/**
 * The quality figures of one table, each with its denominator, its method and a 95 % interval: Wilson's for a rate, a
 * bootstrap's (`intervals`) where there is one.
 */
export function qualityFigures(
  task: Task,
  figures: SplitFigures,
  intervals: MonitoringResults['intervals'] = {},
): Record<string, Figure> {
  return Object.fromEntries(figureNames(task).map((name) => [name, figure(name, figures, intervals[name])]));
}

function figure(name: string, figures: SplitFigures, drawn: [number, number] | undefined): Figure {
  const value = figureOf(figures, name);
  const rate = rateOf(name, figures);
  const n = rate?.whole ?? figures.n;
  const wilson = rate === undefined ? null : wilsonInterval(rate.part, rate.whole);
  const method = drawn === undefined ? 'all labelled rows' : 'all labelled rows, 95 % bootstrap interval';
  return {
    value,
    n,
    method: rate === undefined ? method : 'at the decision threshold, 95 % Wilson interval',
    reason: value === null ? (figures.reasons[name] ?? 'not computed') : undefined,
    interval: wilson === null ? (drawn ?? null) : [wilson.low, wilson.high],
  };
}

/** Numerator and denominator of the figures that are rates. */
function rateOf(name: string, figures: SplitFigures): { part: number; whole: number } | undefined {
  if (!('confusion' in figures) || Array.isArray(figures.confusion)) return undefined;
  const parts = rateParts(figures.confusion as Confusion);
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

/** What `baseline` means in a rule: the model's figures on its test set, and the nulls of its training rows. */
export function baselineOf(
  metrics: Record<string, number | null> | null,
  columns: ColumnDrift[],
): Record<string, number | null> {
  const nulls = columns.map(({ column, baseline }) => [`null_pct(${column})`, baseline.nullPct] as const);
  return { ...metrics, ...Object.fromEntries(nulls) };
}

/** The column figures that gates may name, from the drift table. */
export function columnFigures(columns: ColumnDrift[]): FigureSet['columns'] {
  const z: Record<string, Figure> = {};
  const nulls: Record<string, Figure> = {};
  for (const column of columns) {
    const n = column.current.count;
    z[column.column] = {
      value: column.infinite ? Infinity : column.z,
      n,
      method: 'z of means',
      reason: column.z === null && !column.infinite ? (column.reason ?? 'not computed') : undefined,
    };
    const value = column.current.nullPct;
    nulls[column.column] = {
      value,
      // A column of nulls only has rows, and no values.
      n: column.current.rows ?? n,
      method: 'share of nulls',
      reason: value === null ? 'no rows' : undefined,
    };
  }
  return { z_mean: z, null_pct: nulls };
}
