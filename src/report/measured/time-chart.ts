import type { Series } from '../../documents/measured/series.js';
import type { ChartBlock, ChartSeries } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { formatMoment } from '../format/dates.js';
import { valueText } from '../format/units.js';
import { capital, listed } from '../format/words.js';

export interface TimeChart {
  id: string;
  title: string;
  lines: readonly Series[];
  limits: readonly { label: string; value: number }[];
  from: string;
  to: string;
  /** Seconds between two points. */
  period: number;
  /** Of the scale; without it from 0 to what is there. */
  axis?: { min: number; max?: number };
  /** Why there is nothing to draw. */
  reason?: string;
  /** Which states there were, oldest first. */
  states?: ChartBlock['states'];
}

/** How a unit is drawn: divided by `by`, and called so. */
const drawnUnits: Record<string, { by: number; title: string }> = {
  Microseconds: { by: 1000, title: 'ms' },
  Milliseconds: { by: 1, title: 'ms' },
  Seconds: { by: 1, title: 's' },
  Percent: { by: 1, title: '%' },
};

/** Measured figures over time, in UTC, with the limits of alarms on them; where nothing was measured the line is broken. */
export function timeChart(wish: TimeChart): ChartBlock {
  const { id, title, lines, limits, from, to, period, axis, reason, states } = wish;
  const unit = lines.find((line) => line.unit !== undefined)?.unit;
  const { by, title: unitTitle } = drawnUnits[unit ?? ''] ?? {
    by: 1,
    title: unit === 'Count' ? `each ${periodWord(period)}` : '',
  };
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const isEmpty = lines.every(({ points }) => points.length === 0);
  return {
    ...{ type: 'chart', id, title },
    series: [
      ...lines.map((line, place) => lineSeries(line, place, { by, period })),
      ...limits.map(({ label, value }): ChartSeries => ({
        ...{ name: label, role: 'limit', draw: 'line', x: [begin, end], y: [value / by, value / by] },
      })),
    ],
    x: { title: 'UTC', min: begin, max: end, scale: 'time' },
    y: { title: unitTitle, min: axis?.min ?? 0, ...(axis?.max !== undefined && { max: axis.max }) },
    marks: [],
    ...(states && { states }),
    ...(isEmpty && { absent: capital(`${reason ?? 'nothing was measured in this time'}.`) }),
    summary: isEmpty ? `${title}: ${reason ?? 'nothing was measured in this time'}.` : summaryOf(lines),
    ...(!isEmpty && { table: pointsTable(wish, unit) }),
  };
}

const roles = ['line-1', 'line-2', 'line-3', 'line-5', 'line-6'] as const;

function lineSeries({ label, points }: Series, place: number, { by, period }: { by: number; period: number }) {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const { at, value } of points) {
    const moment = Date.parse(at);
    const before = x.at(-1);
    if (before !== undefined && moment - before > period * 1500) {
      x.push(before + period * 1000);
      y.push(null);
    }
    x.push(moment);
    y.push(value / by);
  }
  return { name: label, role: roles[place % roles.length]!, draw: 'line' as const, x, y };
}

function summaryOf(lines: readonly Series[]): string {
  const told = lines.flatMap(({ label, points, unit }) => {
    const last = points.at(-1);
    if (last === undefined) return [];
    const most = Math.max(...points.map(({ value }) => value));
    return [`${label} ${valueText(last.value, unit)}, at most ${valueText(most, unit)}`];
  });
  return `Newest: ${listed(told, 5)}.`;
}

function pointsTable({ id, title, lines }: TimeChart, unit: string | undefined): NonNullable<ChartBlock['table']> {
  const moments = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort().reverse();
  const values = lines.map(({ points }) => new Map(points.map(({ at, value }) => [at, value])));
  return {
    ...{ type: 'table', id: `${id}-points`, title },
    columns: [
      { id: 'at', title: 'When' },
      ...lines.map(({ label }, place) => ({
        ...{ id: `line-${place}`, title: unit === undefined ? label : `${label}, ${unit}`, number: true },
      })),
    ],
    rows: moments.map((at) => ({
      id: at,
      cells: [
        { ...textCell(formatMoment(at)), sort: at },
        ...values.map((line) => numberCell(line.get(at), { reason: 'nothing was measured' })),
      ],
    })),
  };
}

function periodWord(seconds: number): string {
  if (seconds % 3600 === 0) return seconds === 3600 ? 'hour' : `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
