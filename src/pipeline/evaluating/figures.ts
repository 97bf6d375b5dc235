import { widthOf, type Interval } from '../../documents/certainty.js';
import type { Confusion } from '../../documents/evaluation.js';
import type { ColumnDrift, MonitoringResults } from '../../documents/monitoring.js';
import { figureText } from '../../gates/figure-text.js';
import type { Figure, FigureSet } from '../../gates/figures.js';
import { partsOfClassFigures } from '../../models/metrics/class-bootstrap.js';
import { confusionFigure } from '../../models/metrics/binary-figures.js';
import { wilsonInterval } from '../../models/metrics/wilson.js';
import { classFigure } from '../../project/rules/class-figure.js';
import { classFiguresOf, figuresOf, type Task } from '../../project/rules/known-figures.js';
import { noiseOfMean, noiseOfNulls, noiseOfPsi, noiseOfRise, type Noise } from './column-noise.js';
import { figureOf, type SplitFigures } from './evaluate.js';

/** The figures that a task's tables get, by name; of several classes those of each class too. */
export function figureNames(task: Task, classes: readonly string[] = []): readonly string[] {
  const each = classFiguresOf(task).flatMap((name) => classes.map((one) => classFigure(name, one)));
  return [...figuresOf(task, 'model'), ...each];
}

/** The classes of a table's figures; none for a task without. */
export function classesOf(figures: SplitFigures): string[] {
  return 'classes' in figures ? (figures.classes as string[]) : [];
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
  const parts = partsOf(task, figures);
  const names = figureNames(task, classesOf(figures));
  return Object.fromEntries(names.map((name) => [name, figure(name, figures, parts, intervals[name])]));
}

function figure(name: string, figures: SplitFigures, partsOf: PartsOf, drawn: [number, number] | undefined): Figure {
  const value = figureOf(figures, name);
  const { parts: rate, size } = partsOf(name);
  const n = size ?? figures.n;
  const wilson = rate === undefined ? null : wilsonInterval(...rate);
  const method = drawn === undefined ? 'all labelled rows' : 'all labelled rows, 95 % bootstrap interval';
  return {
    value,
    n,
    method:
      rate === undefined
        ? method
        : `${several(figures) ? 'by the most probable class' : 'at the decision threshold'}, 95 % Wilson interval`,
    reason: value === null ? (figures.reasons[name] ?? 'not computed') : undefined,
    interval: wilson === null ? (drawn ?? null) : [wilson.low, wilson.high],
  };
}

/** What a document keeps of the counts behind figures, so that rates can be judged again: one form a task. */
interface StoredCounts {
  confusion?: Confusion | null;
  classes?: string[];
  class_confusion?: number[][];
}

export function storedCounts(figures: SplitFigures): StoredCounts {
  if (!('confusion' in figures)) return { confusion: null };
  return several(figures)
    ? { confusion: null, classes: classesOf(figures), class_confusion: figures.confusion as number[][] }
    : { confusion: figures.confusion as Confusion };
}

/** The counts as figures carry them. */
export function countsOfStored({
  confusion,
  classes,
  class_confusion,
  positives = null,
}: StoredCounts & { positives?: number | null }): object {
  if (classes !== undefined && class_confusion !== undefined) return { classes, confusion: class_confusion };
  return confusion == null ? {} : { confusion, positives };
}

/** Numerator and denominator of the figures that are rates, and of what a figure needs a minimum, where not of rows. */
type PartsOf = (name: string) => { parts?: [part: number, whole: number]; size?: number };

const several = (figures: SplitFigures): boolean => 'confusion' in figures && Array.isArray(figures.confusion);

function partsOf(task: Task, figures: SplitFigures): PartsOf {
  if (!('confusion' in figures)) return () => ({});
  if (task === 'multiclass') {
    const known = several(figures)
      ? partsOfClassFigures(classesOf(figures), figures.confusion as number[][])
      : undefined;
    return (name) => known?.get(name) ?? {};
  }
  return (name) => {
    const parts = confusionFigure(name)?.parts?.(figures.confusion as Confusion);
    return { parts, size: parts?.[1] };
  };
}

/** What `baseline` means in a rule: the model's figures on its test set, and the nulls of its training rows. */
export function baselineOf(
  metrics: Record<string, number | null> | null,
  columns: ColumnDrift[],
): Record<string, number | null> {
  const nulls = columns.map(({ column, baseline }) => [`null_pct(${column})`, baseline.nullPct] as const);
  return { ...metrics, ...Object.fromEntries(nulls) };
}

/** The 95 % intervals of what `baseline` means, as far as a version keeps them. */
export function baselineIntervalsOf(
  metrics: Record<string, Interval> | undefined,
  columns: ColumnDrift[],
): Record<string, Interval> {
  const nulls = columns.flatMap(({ column, baseline }) => {
    const interval = noiseOfNulls(baseline)?.(widthOf(0.95));
    return interval === undefined ? [] : [[`null_pct(${column})`, interval] as const];
  });
  return { ...metrics, ...Object.fromEntries(nulls) };
}

/** The column figures that gates may name, from the drift table. */
export function columnFigures(columns: ColumnDrift[]): FigureSet['columns'] {
  const z: Record<string, Figure> = {};
  const nulls: Record<string, Figure> = {};
  const rises: Record<string, Figure> = {};
  const psi: Record<string, Figure> = {};
  for (const column of columns) {
    const n = column.current.count;
    const reason = column.reason ?? 'not computed';
    // Of texts there is no mean.
    if (column.newCategories === undefined && !column.dates && !column.unscored) {
      const known = column.z !== null || column.infinite;
      const value = column.infinite ? Infinity : column.z;
      z[column.column] = {
        value,
        n,
        method: 'z of means',
        reason: known ? undefined : reason,
        ...noisy(noiseOfMean(column)),
      };
    }
    // Results of earlier versions have no index.
    const index = column.psi ?? null;
    if (!column.dates && !column.unscored)
      psi[column.column] = {
        value: index,
        n,
        method: 'population stability index',
        reason: index === null ? reason : undefined,
        ...noisy(noiseOfPsi(column)),
        ...newNote(column.newCategories),
      };
    // A column of nulls only has rows, and no values.
    const rows = column.current.rows ?? n;
    const [before, now] = [column.baseline.nullPct, column.current.nullPct];
    const none = now === null ? 'no rows' : undefined;
    const share = { value: now, n: rows, method: 'share of nulls', reason: none };
    nulls[column.column] = { ...share, ...noisy(noiseOfNulls(column.current)) };
    rises[column.column] = {
      value: now === null || before === null ? null : now - before,
      n: rows,
      method: 'share of nulls less that of the training rows',
      reason: none ?? (before === null ? 'the version has no baseline for it' : undefined),
      ...noisy(noiseOfRise(column)),
    };
  }
  return { z_mean: z, null_pct: nulls, null_rise: rises, psi };
}

const noisy = (intervalAt: Noise): Pick<Figure, 'intervalAt'> => (intervalAt === undefined ? {} : { intervalAt });

function newNote(fresh: ColumnDrift['newCategories']): Pick<Figure, 'note'> {
  // What is left of shares that were subtracted is none.
  if (!fresh?.share || fresh.share < 1e-9) return {};
  const names = fresh.names.slice(0, 3).join(', ');
  const more = fresh.names.length > 3 ? ', …' : '';
  return {
    note: `${figureText(100 * fresh.share)} % of its values are categories that training never had: ${names}${more}`,
  };
}
