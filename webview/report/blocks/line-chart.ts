import type { ChartBlock, ChartSeries } from '../../../src/report/blocks.js';
import { el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { axes, drawChart, drawKey, verticalMark, type Palette, type XyConfig } from '../chart.js';
import { drawTable } from './table.js';

/** Lines, steps or points on two axes, with marks and the same as a table. */
export function drawLineChart(block: ChartBlock, host: Host): HTMLElement[] {
  const chart = drawChart(block.summary, (colours) => configure(block, colours));
  const key = [
    ...block.series.map(({ role, name, draw }) => ({ mark: draw === 'points' ? `${role}-point` : role, text: name })),
    ...(block.diagonal ? [{ mark: 'diagonal', text: block.diagonal }] : []),
  ];
  return [
    drawKey(key),
    chart.element,
    el('p', { class: 'quiet small' }, block.summary),
    ...(block.table ? [drawDetails(block, host)] : []),
  ];
}

/** For those who do not see the chart, or want its figures. */
function drawDetails({ table, id, title }: ChartBlock, host: Host): HTMLElement {
  const summary = el('summary', { id: `details-${id}`, 'aria-label': `${title} as a table` }, 'As a table');
  return el('details', {}, summary, drawTable(table!, host, `details-${id}`));
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
        ...series.map((one) => datasetOf(one, colours)),
        ...(diagonal
          ? [
              {
                data: corner,
                showLine: true,
                pointRadius: 0,
                borderWidth: 1,
                borderDash: [2, 4],
                borderColor: colours.text,
              },
            ]
          : []),
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

function datasetOf({ role, x, y, draw }: ChartSeries, colours: Palette): XyConfig['data']['datasets'][number] {
  const colour = { baseline: colours.baseline, current: colours.current, now: colours.now, other: colours.text }[role];
  const data = x.flatMap((at, i) => {
    const value = y[i];
    return value === null || value === undefined ? [] : [{ x: at, y: value }];
  });
  if (draw === 'points') {
    const style = { backgroundColor: role === 'other' ? 'transparent' : colour, borderColor: colour };
    return { data, pointRadius: role === 'now' ? 5 : 3.5, ...style };
  }
  return {
    data,
    showLine: true,
    pointRadius: 0,
    borderWidth: 2,
    borderColor: colour,
    ...(draw === 'steps' ? { stepped: 'before' as const } : {}),
    ...(role === 'current' ? { borderDash: [5, 4] } : {}),
  };
}
