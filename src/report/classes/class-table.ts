import { classFigure, readClassFigure } from '../../project/rules/class-figure.js';
import type { TableBlock, TableCell, TableColumn } from '../blocks/blocks.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { nameOf } from '../format/figure-names.js';
import { formatNumber } from '../format/numbers.js';
import { capital } from '../format/words.js';
import type { ClassRows } from './readable.js';

interface ClassFigures extends ClassRows {
  /** By the names of rules: `recall{comp1}`. */
  metrics: Readonly<Record<string, number | null>>;
  reasons: Readonly<Record<string, string>>;
  intervals: Readonly<Record<string, readonly [number, number]>>;
  baselineMetrics: Readonly<Record<string, number | null>>;
}

/** All between 0 and 1. */
const decimals = 3;
const figures = ['precision', 'recall', 'f1', 'roc_auc'];

/** Whether the table of classes shows this figure. */
export function isInClassTable(id: string): boolean {
  return figures.includes(readClassFigure(id)?.figure ?? '');
}

/** The figures of each class against the rest, with their intervals and baselines where there are any. */
export function classTable(source: ClassFigures, what?: string): TableBlock {
  const { classes, confusion, intervals, baselineMetrics } = source;
  const has = (of: object, figure: string) => classes.some((name) => classFigure(figure, name) in of);
  const shown = figures
    .filter((figure) => has(source.metrics, figure) || has(source.reasons, figure))
    .map((figure) => ({
      figure,
      ids: classes.map((name) => classFigure(figure, name)),
      compared: has(baselineMetrics, figure),
      unsure: has(intervals, figure),
    }));
  const columnsOf = shown.map((one) => columnCells(one, source));
  const size = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0);
  return {
    type: 'table',
    id: 'classes',
    title: `Classes${what ? `, ${what}` : ''}`,
    columns: [
      { id: 'class', title: 'Class' },
      { id: 'rows', title: 'Rows', number: true },
      { id: 'predicted', title: 'Predicted', number: true },
      ...columnsOf.flatMap(({ columns }) => columns),
    ],
    rows: classes.map((name, place) => ({
      id: name,
      cells: [
        textCell(name, 40),
        countCell(size(confusion[place]!)),
        countCell(size(confusion.map((row) => row[place]!))),
        ...columnsOf.flatMap(({ cells }) => cells[place]!),
      ],
    })),
    note: shown.some(({ unsure }) => unsure) ? 'With a figure stands its 95 % interval, where it is known.' : undefined,
  };
}

interface ShownFigure {
  figure: string;
  /** A class each. */
  ids: string[];
  compared: boolean;
  unsure: boolean;
}

/** A figure of every class, beside what the baseline has. */
function columnCells(
  { figure, ids, compared, unsure }: ShownFigure,
  { metrics, reasons, intervals, baselineMetrics }: ClassFigures,
): { columns: TableColumn[]; cells: TableCell[][] } {
  const title = capital(nameOf(figure).title);
  const note = (id: string) => {
    const [low, high] = intervals[id] ?? [];
    return low === undefined || high === undefined
      ? {}
      : { note: `${formatNumber(low, decimals)} – ${formatNumber(high, decimals)}` };
  };
  const cells = ids.map((id): TableCell[] => [
    { ...numberCell(metrics[id], { decimals, reason: reasons[id] }), ...note(id) },
    ...(compared ? [numberCell(baselineMetrics[id], { decimals, reason: 'the baseline does not record it' })] : []),
  ]);
  return {
    columns: [
      { id: figure, title, number: true, ...(unsure ? { notes: `${title}, 95 % interval` } : {}) },
      ...(compared ? [{ id: `${figure} baseline`, title: `${title}, baseline`, number: true }] : []),
    ],
    cells,
  };
}
