import type { ChartBlock, ChartSeries } from '../../../src/report/blocks/blocks.js';
import { el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { axes, drawChart, drawKey, lineOf, pointOf, verticalMark, type Palette, type XyConfig } from '../chart.js';
import { drawTable } from './table.js';

/** Lines, steps or points on two axes, with marks and the same as a table. */
export function drawLineChart(block: ChartBlock, host: Host): HTMLElement[] {
  return drawMovableChart(block, host).elements;
}

export interface MovableChart {
  title: string;
  series: ChartSeries[];
  elements: HTMLElement[];
  /** Moves the point where the model works to that of a what-if, which may have none, under new words; null: back. */
  show(whatIf: { point: { x: number; y: number } | null; summary: string } | null): void;
}

/** The same, with the point where the model works to be moved. */
export function drawMovableChart(block: ChartBlock, host: Host): MovableChart {
  const data = block.series.map(dataOf);
  const at = block.series.findIndex(({ role }) => role === 'now');
  const chart = drawChart(block.summary, (colours) => configure(block, data, colours));
  const key = el('div', {}, keyOf(block, false));
  return {
    title: block.title,
    series: block.series,
    elements: [key, chart.element, chart.words, ...(block.table ? [drawDetails(block, host)] : [])],
    show: (whatIf) => {
      const now = block.series[at];
      if (!now) return;
      const moved = whatIf ? (whatIf.point ? [whatIf.point] : []) : dataOf(now);
      data[at]!.splice(0, data[at]!.length, ...moved);
      key.replaceChildren(keyOf(block, whatIf !== null));
      chart.refresh(whatIf?.summary);
    },
  };
}

function keyOf({ series, diagonal }: ChartBlock, whatIf: boolean): HTMLElement {
  return drawKey([
    ...series.map(({ role, name, draw }) => ({
      role,
      draw: draw === 'points' ? draw : ('line' as const),
      text: whatIf && role === 'now' ? 'what if' : name,
    })),
    ...(diagonal ? [{ role: 'diagonal' as const, draw: 'line' as const, text: diagonal }] : []),
  ]);
}

/** For those who do not see the chart, or want its figures. */
function drawDetails({ table, id, title }: ChartBlock, host: Host): HTMLElement {
  const summary = el('summary', { id: `details-${id}`, 'aria-label': `${title} as a table` }, 'As a table');
  return el('details', {}, summary, drawTable(table!, host, `details-${id}`));
}

function configure(block: ChartBlock, data: Points[], colours: Palette): XyConfig {
  const { series, x, y, marks, diagonal } = block;
  const scale = (axis: ChartBlock['x']) => axis.scale ?? 'linear';
  const corner = [
    { x: x.min ?? 0, y: y.min ?? 0 },
    { x: x.max ?? 1, y: y.max ?? 1 },
  ];
  return {
    type: 'scatter',
    data: {
      datasets: [
        ...series.map((one, i) => datasetOf(one, data[i]!, colours)),
        ...(diagonal ? [{ data: corner, ...lineOf('diagonal', colours) }] : []),
      ],
    },
    options: axes(
      colours,
      { title: x.title, type: scale(x), min: x.min, max: x.max, ticks: 6 },
      { title: y.title, type: scale(y), min: y.min, max: y.max, ticks: 5 },
    ),
    plugins: marks.map((mark, at) => ({
      ...verticalMark(
        () => mark,
        () => colours.text,
      ),
      id: `mark-${at}`,
    })),
  };
}

type Points = { x: number; y: number }[];

function dataOf({ x, y }: ChartSeries): Points {
  return x.flatMap((at, i) => {
    const value = y[i];
    return value === null || value === undefined ? [] : [{ x: at, y: value }];
  });
}

function datasetOf({ role, draw }: ChartSeries, data: Points, colours: Palette): XyConfig['data']['datasets'][number] {
  if (draw === 'points') return { data, ...pointOf(role, colours) };
  return { data, ...lineOf(role, colours), ...(draw === 'steps' ? { stepped: 'before' as const } : {}) };
}
