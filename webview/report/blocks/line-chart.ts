import type { ChartBlock, ChartSeries } from '../../../src/report/blocks/blocks.js';
import { el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import {
  axes,
  drawChart,
  drawKey,
  lineOf,
  pointOf,
  verticalMark,
  type Palette,
  type XyConfig,
} from '../charts/chart.js';
import { drawTable } from './table.js';

/** Lines, steps or points on two axes, with marks and the same as a table; another state of the same chart takes its place. */
export function drawLineChart(
  block: ChartBlock,
  host: Host,
): { elements: HTMLElement[]; show: (block: ChartBlock) => void } {
  let shown = block;
  const chart = drawChart(block.summary, (colours) => configure(shown, colours));
  const key = el('div', {}, keyOf(block));
  return {
    elements: [key, chart.element, chart.words, ...(block.table ? [drawDetails(block, host)] : [])],
    show: (now) => {
      if (now === shown) return;
      shown = now;
      key.replaceChildren(keyOf(now));
      chart.refresh(now.summary);
    },
  };
}

function keyOf({ series, diagonal }: ChartBlock): HTMLElement {
  return drawKey([
    ...series.map(({ role, name, draw }) => ({
      role,
      draw: draw === 'points' ? draw : ('line' as const),
      text: name,
    })),
    ...(diagonal ? [{ role: 'diagonal' as const, draw: 'line' as const, text: diagonal }] : []),
  ]);
}

/** For those who do not see the chart, or want its figures. */
function drawDetails({ table, id, title }: ChartBlock, host: Host): HTMLElement {
  const summary = el('summary', { id: `details-${id}`, 'aria-label': `${title} as a table` }, 'As a table');
  return el('details', {}, summary, drawTable(table!, host, `details-${id}`).element);
}

function configure(block: ChartBlock, colours: Palette): XyConfig {
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
        ...series.map((one) => datasetOf(one, y.scale === 'logarithmic', colours)),
        ...(diagonal ? [{ data: corner, ...lineOf('diagonal', colours) }] : []),
      ],
    },
    options: axes(
      colours,
      { title: titleOf(x), type: scale(x), min: x.min, max: x.max, ticks: 6 },
      { title: titleOf(y), type: scale(y), min: y.min, max: y.max, ticks: 5 },
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

function titleOf({ title, scale }: ChartBlock['x']): string {
  return scale === 'logarithmic' ? `${title} (log scale)` : title;
}

/** On a logarithmic scale there is no 0. */
function dataOf({ x, y }: ChartSeries, positive: boolean): { x: number; y: number }[] {
  return x.flatMap((at, i) => {
    const value = y[i] ?? null;
    return value === null || (positive && value <= 0) ? [] : [{ x: at, y: value }];
  });
}

/** Where the model works lies above all lines. */
function datasetOf(series: ChartSeries, positive: boolean, colours: Palette): XyConfig['data']['datasets'][number] {
  const { role, draw } = series;
  const data = dataOf(series, positive);
  if (draw === 'points') return { data, ...pointOf(role, colours), ...(role === 'now' ? { order: -1 } : {}) };
  return { data, ...lineOf(role, colours), ...(draw === 'steps' ? { stepped: 'before' as const } : {}) };
}
