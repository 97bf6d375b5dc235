import type { Curves } from '../../documents/evaluation.js';
import type { Block, ChartBlock, ChartSeries, TableBlock } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { rocChart } from '../monitoring/roc.js';
import type { Looks } from './looks.js';

const roles = ['baseline', 'current'] as const;

/** Two models beside each other: their curves in one picture, and what moves each of them. */
export function sideBySide(a: Looks, b: Looks): Block[] {
  const roc = seriesOf(a, b, ({ roc: own }) => own && { x: own.fpr, y: own.tpr });
  const pr = seriesOf(a, b, ({ pr: own }) => own && { x: own.recall, y: own.precision });
  const blocks = [
    pr.length > 0 ? prChart(pr) : null,
    roc.length > 0 ? rocChart(roc, null) : null,
    importanceTable(a, b),
  ];
  return blocks.filter((block) => block !== null);
}

function seriesOf(
  a: Looks,
  b: Looks,
  points: (curves: Curves) => { x: number[]; y: number[] } | undefined,
): ChartSeries[] {
  return [a, b].flatMap(({ curves }, side): ChartSeries[] => {
    const found = curves && points(curves);
    if (!found || found.x.length < 2) return [];
    return [{ name: side === 0 ? 'A' : 'B', role: roles[side]!, draw: 'line', ...found }];
  });
}

function prChart(series: ChartSeries[]): ChartBlock {
  const names = series.map(({ name }) => name).join(' and ');
  return {
    type: 'chart',
    id: 'pr',
    title: 'Precision – recall',
    series,
    x: { title: 'recall', min: 0, max: 1 },
    y: { title: 'precision', min: 0, max: 1 },
    marks: [],
    summary: `Precision against recall of ${names}.`,
    table: {
      type: 'table',
      id: 'pr-table',
      title: 'Precision – recall as a table',
      columns: [
        { id: 'recall', title: 'recall of at least', number: true },
        ...series.map(({ name }) => ({ id: name, title: `precision, ${name}`, number: true })),
      ],
      rows: [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95].map((recall) => ({
        id: String(recall),
        cells: [
          numberCell(recall, { decimals: 2 }),
          ...series.map((one) => numberCell(bestFrom(one, recall), { reason: 'the curve does not go so far' })),
        ],
      })),
    },
  };
}

/** The best precision among points of at least that recall. */
function bestFrom({ x, y }: ChartSeries, recall: number): number | null {
  const reached = y.filter((value, at) => value !== null && x[at]! >= recall) as number[];
  return reached.length === 0 ? null : Math.max(...reached);
}

const mostFeatures = 15;

/** Shares of all importance, so that gains of different models can be held against each other. */
function importanceTable({ importance: a }: Looks, { importance: b }: Looks): TableBlock | null {
  if (a === null || b === null) return null;
  const [left, right] = [sharesOf(a), sharesOf(b)];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const larger = (name: string) => Math.max(left[name] ?? 0, right[name] ?? 0);
  const shown = names.sort((one, other) => larger(other) - larger(one)).slice(0, mostFeatures);
  const percent = (share: number | undefined) =>
    numberCell(share === undefined ? null : 100 * share, {
      decimals: 1,
      suffix: ' %',
      reason: 'it is no feature there',
    });
  return {
    type: 'table',
    id: 'importance',
    title: 'Importance',
    columns: [
      { id: 'feature', title: 'Feature' },
      { id: 'a', title: 'A', number: true },
      { id: 'b', title: 'B', number: true },
      { id: 'change', title: 'Percentage points', number: true },
    ],
    rows: shown.map((name) => {
      const change = name in left && name in right ? 100 * (right[name]! - left[name]!) : null;
      return {
        id: name,
        cells: [
          textCell(name, 40),
          percent(left[name]),
          percent(right[name]),
          numberCell(change, { decimals: 1, reason: 'only one of them has it' }),
        ],
      };
    }),
    note: names.length > shown.length ? `The ${shown.length} that matter most, of ${names.length}.` : undefined,
  };
}

function sharesOf(importance: Readonly<Record<string, number>>): Record<string, number> {
  const all = Object.values(importance).reduce((sum, value) => sum + Math.abs(value), 0) || 1;
  return Object.fromEntries(Object.entries(importance).map(([name, value]) => [name, Math.abs(value) / all]));
}
