import type { Curves } from '../../documents/evaluation.js';
import type { ChartBlock, ChartSeries, TableBlock } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { scaleFor } from '../blocks/scale.js';
import { formatLimit, formatNumber } from '../format/numbers.js';
import { versionWord } from '../format/words.js';
import type { Part } from '../view.js';
import type { ReportSource } from './report-source.js';

/** Where a model works. */
interface Point {
  recall: number;
  precision: number;
}

/** Precision against recall, now and at the baseline, with the point where the model works and the floor. */
export function prOf(source: ReportSource): Part<ChartBlock> {
  if (source.task !== 'binary') return null;
  const curves = [
    curveOf(source.baselineCurves, 'baseline', baselineName(source)),
    curveOf(source.curves, 'current', 'production'),
  ].filter((curve) => curve !== null);
  if (curves.length === 0) return { absent: 'No precision – recall curve is recorded.' };
  const now = nowOf(source);
  const marks = floorOf(source);
  const scale = scaleFor(curves.flatMap(({ y }) => y.filter((value) => value !== null)));
  return {
    type: 'chart',
    id: 'pr',
    title: curves.length === 2 ? 'Precision – recall, production against baseline' : 'Precision – recall',
    series: [...curves, ...pointOf('now', now)],
    x: { title: 'recall', min: 0, max: 1 },
    y: { title: 'precision', scale, ...(scale === 'linear' ? { min: 0 } : {}) },
    marks,
    summary: summaryOf(curves, marks, now),
    table: tableOf(curves),
  };
}

/** The same chart with the model working elsewhere. */
export function prAt(chart: ChartBlock, point: Point | null): ChartBlock {
  const curves = chart.series.filter(({ role }) => role !== 'now');
  const series = [...curves, ...pointOf('what if', point)];
  return { ...chart, series, summary: summaryOf(curves, chart.marks, point) };
}

function baselineName({ baselineId }: ReportSource): string {
  return baselineId ? `baseline ${versionWord(baselineId)}` : 'baseline';
}

function curveOf(curves: Curves | null, role: ChartSeries['role'], name: string): ChartSeries | null {
  const pr = curves?.pr;
  return pr && pr.recall.length > 1 ? { name, role, draw: 'line', x: pr.recall, y: pr.precision } : null;
}

function nowOf({ confusion, metrics }: ReportSource): Point | null {
  const recall = metrics.recall ?? (confusion && ratio(confusion.tp, confusion.tp + confusion.fn));
  const precision = metrics.precision ?? (confusion && ratio(confusion.tp, confusion.tp + confusion.fp));
  return recall == null || precision == null ? null : { recall, precision };
}

function pointOf(word: 'now' | 'what if', point: Point | null): ChartSeries[] {
  if (!point) return [];
  const { recall, precision } = point;
  const name = `${word}: recall ${formatNumber(recall)}, precision ${formatNumber(precision)}`;
  return [{ name, role: 'now', draw: 'points', x: [recall], y: [precision] }];
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function floorOf({ gates }: ReportSource): ChartBlock['marks'] {
  const gate = gates.find(({ metric, operator }) => metric === 'recall' && operator.startsWith('>'));
  return gate?.threshold == null ? [] : [{ x: gate.threshold, label: `floor ${formatLimit(gate.threshold, 3)}` }];
}

/** Recall along x, precision along y. */
interface Curve {
  x: readonly number[];
  y: readonly (number | null)[];
}

/** The best precision that is still to be had at a recall or above; null where the curve does not reach it. */
export function precisionAt({ x, y }: Curve, recall: number): number | null {
  return x.reduce<number | null>((best, at, i) => {
    const precision = y[i] ?? null;
    return at >= recall - 1e-9 && precision !== null && (best === null || precision > best) ? precision : best;
  }, null);
}

/** The chart in one sentence, where the model works now or would work. */
function summaryOf(curves: readonly ChartSeries[], [floor]: ChartBlock['marks'], now: Point | null): string {
  const at = now?.recall ?? floor?.x ?? 0.5;
  const told = curves.map((curve) => {
    const precision = curve.role === 'current' && now ? now.precision : precisionAt(curve, at);
    return `${precision === null ? 'not reached' : formatNumber(precision)} (${curve.name})`;
  });
  const floorText = floor ? ` Recall must be at least ${formatLimit(floor.x, 3)}.` : '';
  return `Precision at recall ${formatNumber(at)}: ${told.join(', ')}.${floorText}`;
}

const recalls = [0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

function tableOf(curves: readonly ChartSeries[]): TableBlock {
  return {
    type: 'table',
    id: 'pr-table',
    title: 'Precision – recall as a table',
    columns: [
      { id: 'recall', title: 'recall of at least', number: true },
      ...curves.map(({ name }) => ({ id: name, title: `precision, ${name}`, number: true })),
    ],
    rows: recalls.map((recall) => ({
      id: String(recall),
      cells: [
        { ...textCell(formatNumber(recall, 2)), sort: recall },
        ...curves.map((curve) => numberCell(precisionAt(curve, recall), { reason: 'the curve does not reach it' })),
      ],
    })),
  };
}
