import type { Curves } from '../../documents/evaluation.js';
import type { ChartBlock, ChartSeries } from '../blocks/blocks.js';
import { figureOf, formatNumber } from '../format/numbers.js';
import type { ReportSource } from './report-source.js';
import { numberCell, textCell } from '../blocks/cells.js';
import type { Part } from '../view.js';
import { versionWord } from '../format/words.js';

/** Found positives against false alarms, now and at the baseline, with the point where the model works. */
export function rocOf(source: ReportSource): Part<ChartBlock> {
  if (source.task !== 'binary') return null;
  const { baselineId, confusion, metrics, baselineMetrics } = source;
  const baseline = `baseline${baselineId ? ` ${versionWord(baselineId)}` : ''}`;
  const curves = [
    seriesOf(source.baselineCurves, 'baseline', named(baseline, baselineMetrics.roc_auc)),
    seriesOf(source.curves, 'current', named('production', metrics.roc_auc)),
  ].filter((series) => series !== null);
  if (curves.length === 0) return { absent: 'No ROC curve is recorded.' };
  return rocChart(curves, confusion && pointOf(confusion));
}

/** The chart of one or more curves; `now`: where the model works. */
export function rocChart(curves: ChartSeries[], now: { x: number; y: number } | null): ChartBlock {
  return {
    type: 'chart',
    id: 'roc',
    title: 'ROC curve',
    series: [
      ...(now ? [{ name: 'now', role: 'now' as const, draw: 'points' as const, x: [now.x], y: [now.y] }] : []),
      ...curves,
    ],
    x: { title: 'false positive rate', min: 0, max: 1 },
    y: { title: 'recall', min: 0, max: 1 },
    marks: [],
    diagonal: 'chance',
    summary: rocSummary(curves, 'Now', now),
    table: {
      type: 'table',
      id: 'roc-table',
      title: 'ROC curve as a table',
      columns: [
        { id: 'fpr', title: 'false positive rate of at most', number: true },
        ...curves.map(({ name }) => ({ id: name, title: `recall, ${name}`, number: true })),
      ],
      rows: [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1].map((fpr) => ({
        id: String(fpr),
        cells: [
          { ...textCell(formatNumber(fpr, 2)), sort: fpr },
          ...curves.map((curve) => numberCell(recallAt(curve, fpr), { reason: 'the curve does not begin so low' })),
        ],
      })),
    },
  };
}

/** The same chart with the model working elsewhere; one that does not say where it works stays as it is. */
export function rocAt(chart: ChartBlock, at: { x: number; y: number } | null): ChartBlock {
  if (!chart.series.some(({ role }) => role === 'now')) return chart;
  const moved = { name: 'what if', x: at ? [at.x] : [], y: at ? [at.y] : [] };
  const series = chart.series.map((one) => (one.role === 'now' ? { ...one, ...moved } : one));
  return { ...chart, series, summary: rocSummary(chart.series, 'What if', at) };
}

/** The chart in one sentence; `word`: whether the point is where the model works now, or would work. */
function rocSummary(
  series: readonly ChartSeries[],
  word: 'Now' | 'What if',
  at: { x: number; y: number } | null,
): string {
  const curves = series.filter(({ draw }) => draw === 'line').map(({ name }) => name);
  const point = at && `${word}: recall ${formatNumber(at.y)} at false positive rate ${formatNumber(at.x)}.`;
  return [`${curves.join('; ')}.`, point].filter(Boolean).join(' ');
}

export function seriesOf(curves: Curves | null, role: ChartSeries['role'], name: string): ChartSeries | null {
  const roc = curves?.roc;
  return roc && roc.fpr.length > 1 ? { name, role, draw: 'line', x: roc.fpr, y: roc.tpr } : null;
}

function named(name: string, area: number | null | undefined): string {
  return area == null ? name : `${name}, area ${figureOf(area).text}`;
}

function pointOf({
  tp,
  fp,
  fn,
  tn,
}: {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}): { x: number; y: number } | null {
  return tp + fn > 0 && fp + tn > 0 ? { x: fp / (fp + tn), y: tp / (tp + fn) } : null;
}

/** The highest recall that is to be had at a false positive rate or below. */
function recallAt({ x, y }: ChartSeries, fpr: number): number | null {
  return x.reduce<number | null>((best, at, i) => (at <= fpr + 1e-9 ? Math.max(best ?? 0, y[i] ?? 0) : best), null);
}
