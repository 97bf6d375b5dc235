import type { ColumnDrift } from '../../documents/monitoring.js';
import type { Figure, FigureSet } from '../../gates/figures.js';
import { wilsonInterval } from '../../models/metrics/wilson.js';
import type { ProjectFile } from '../../project/schema.js';
import { figureOf, type SplitFigures } from '../training/evaluate.js';

const binaryFigures = [
  'recall',
  'precision',
  'fpr',
  'f1',
  'accuracy',
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier',
] as const;
const regressionFigures = ['rmse', 'mae', 'mape', 'r2'] as const;

export function figureNames(task: ProjectFile['model']['task']): readonly string[] {
  return task === 'binary' ? binaryFigures : regressionFigures;
}

/** The quality figures of one table, each with its denominator, its method and, for a rate, a 95 % interval. */
export function qualityFigures(task: ProjectFile['model']['task'], figures: SplitFigures): Record<string, Figure> {
  return Object.fromEntries(figureNames(task).map((name) => [name, figure(name, figures)]));
}

function figure(name: string, figures: SplitFigures): Figure {
  const value = figureOf(figures, name);
  const rate = rateOf(name, figures);
  const n = rate?.n ?? figures.n;
  const interval = rate === undefined ? null : wilsonInterval(rate.count, rate.n);
  return {
    value,
    n,
    method: rate === undefined ? 'all labelled rows' : 'at the decision threshold, 95 % Wilson interval',
    reason: value === null ? (figures.reasons[name] ?? 'not computed') : undefined,
    interval: interval === null ? null : [interval.low, interval.high],
  };
}

/** Numerator and denominator of the figures that are rates. */
function rateOf(name: string, figures: SplitFigures): { count: number; n: number } | undefined {
  if (!('confusion' in figures)) return undefined;
  const { tp, fp, fn, tn } = figures.confusion as { tp: number; fp: number; fn: number; tn: number };
  switch (name) {
    case 'recall':
      return { count: tp, n: tp + fn };
    case 'precision':
      return { count: tp, n: tp + fp };
    case 'fpr':
      return { count: fp, n: fp + tn };
    case 'accuracy':
      return { count: tp + tn, n: tp + fp + fn + tn };
    default:
      return undefined;
  }
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
      n,
      method: 'share of nulls',
      reason: value === null ? 'no rows' : undefined,
    };
  }
  return { z_mean: z, null_pct: nulls };
}
