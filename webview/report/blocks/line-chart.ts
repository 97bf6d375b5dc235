import type { ChartBlock, ChartSeries } from '../../../src/report/blocks/blocks.js';
import { absentNote, el } from '../../shared/dom.js';
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
import { bandHeight, stateBand } from '../charts/state-band.js';
import { drawTable } from './table.js';

/** Lines, steps or points on two axes, with marks and the same as a table; another state of the same chart takes its place. */
export function drawLineChart(
  block: ChartBlock,
  host: Host,
): { elements: HTMLElement[]; show: (block: ChartBlock) => void } {
  if (block.absent !== undefined) return { elements: [absentNote(block.absent)], show: () => undefined };
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
  const { series, x, y, marks, diagonal, states = [] } = block;
  const scale = (axis: ChartBlock['x']) => axis.scale ?? 'linear';
  const corner = [
    { x: x.min ?? 0, y: y.min ?? 0 },
    { x: x.max ?? 1, y: y.max ?? 1 },
  ];
  return {
    type: 'scatter',
    data: {
      datasets: [
        ...series.map((one) => datasetOf(one, block, colours)),
        ...(diagonal ? [{ data: corner, ...lineOf('diagonal', colours) }] : []),
      ],
    },
    options: {
      ...axes(
        colours,
        { title: titleOf(x), type: scale(x), min: x.min, max: x.max, ticks: 6 },
        { title: titleOf(y), type: scale(y), min: y.min, max: y.max, ticks: 5 },
      ),
      ...(states.length > 0 && { layout: { padding: { top: bandHeight + 8, right: 8 } } }),
    },
    plugins: [
      ...marks.map((mark, at) => ({
        ...verticalMark(
          () => mark,
          () => colours.text,
        ),
        id: `mark-${at}`,
      })),
      ...(states.length > 0 ? [stateBand(states, colours)] : []),
    ],
  };
}

function titleOf({ title, scale }: ChartBlock['x']): string {
  return scale === 'logarithmic' ? `${title} (log scale)` : title;
}

/** On a logarithmic scale there is no 0; over time a missing value breaks the line. */
function dataOf({ x, y }: ChartSeries, { x: across, y: up }: ChartBlock): { x: number; y: number }[] {
  return x.flatMap((at, i) => {
    const value = y[i] ?? null;
    if (value === null) return across.scale === 'time' ? [{ x: at, y: NaN }] : [];
    return up.scale === 'logarithmic' && value <= 0 ? [] : [{ x: at, y: value }];
  });
}

/** A point between two breaks has no line to be seen by. */
const radii = (data: { y: number }[]) =>
  data.map((_, at) => (Number.isNaN(data[at - 1]?.y ?? NaN) && Number.isNaN(data[at + 1]?.y ?? NaN) ? 2.5 : 0));

/** Where the model works lies above all lines. */
function datasetOf(series: ChartSeries, block: ChartBlock, colours: Palette): XyConfig['data']['datasets'][number] {
  const { role, draw } = series;
  const data = dataOf(series, block);
  if (draw === 'points') return { data, ...pointOf(role, colours), ...(role === 'now' ? { order: -1 } : {}) };
  const line = lineOf(role, colours);
  if (block.x.scale === 'time')
    return { data, ...line, pointRadius: radii(data), pointBackgroundColor: line.borderColor };
  return { data, ...line, ...(draw === 'steps' ? { stepped: 'before' as const } : {}) };
}
