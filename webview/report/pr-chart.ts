import { isAbsent, type CurveView, type PrView, type ReportView } from '../../src/report/view.js';
import { card, el } from '../shared/dom.js';
import { axes, drawChart, drawKey, scaleFor, verticalMark, type Palette, type XyConfig } from './chart.js';

/** Precision against recall: baseline and production, where the model works now, and the floor. */
export function drawPr(view: ReportView): HTMLElement | null {
  const { pr } = view;
  if (pr === null || isAbsent(pr)) return null;
  const chart = drawChart(pr.summary, (colours) => configure(pr, colours));
  return card('pr', pr.title, keyOf(pr), chart.element, el('p', { class: 'quiet small' }, pr.summary), drawTable(pr));
}

function keyOf({ curves, now }: PrView): HTMLElement {
  return drawKey([
    ...curves.map(({ role, name }) => ({ mark: role, text: name })),
    ...(now ? [{ mark: 'now', text: now.label }] : []),
  ]);
}

function configure(pr: PrView, colours: Palette): XyConfig {
  const precisions = pr.curves.flatMap(({ precision }) => precision);
  const type = scaleFor(precisions);
  const now = pr.now;
  const points = now ? [{ x: now.recall, y: now.precision }] : [];
  const drawnY = { title: type === 'logarithmic' ? 'precision (log scale)' : 'precision', type } as const;
  const floor = pr.floor;
  return {
    type: 'scatter',
    data: {
      datasets: [
        { data: points, pointRadius: 5, backgroundColor: colours.now, borderColor: colours.now },
        ...pr.curves.map((curve) => line(curve, type, colours)),
      ],
    },
    options: axes(
      colours,
      { title: 'recall', type: 'linear', min: 0, max: 1, ticks: 6 },
      {
        ...drawnY,
        ...(type === 'linear' ? { min: 0 } : {}),
      },
    ),
    plugins: [
      verticalMark(
        () => (floor ? { x: floor.recall, label: floor.label } : null),
        () => colours.text,
      ),
    ],
  };
}

function line({ role, recall, precision }: CurveView, type: 'linear' | 'logarithmic', colours: Palette) {
  const points = recall.map((x, i) => ({ x, y: precision[i]! }));
  return {
    data: type === 'logarithmic' ? points.filter(({ y }) => y > 0) : points,
    showLine: true,
    pointRadius: 0,
    borderWidth: 2,
    borderColor: role === 'baseline' ? colours.baseline : colours.current,
    ...(role === 'current' ? { borderDash: [5, 4] } : {}),
  };
}

/** The chart for those who do not see it, or want the figures. */
function drawTable({ curves, table }: PrView): HTMLElement {
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col', class: 'number' }, 'recall of at least'),
    ...curves.map(({ name }) => el('th', { scope: 'col', class: 'number' }, `precision, ${name}`)),
  );
  const rows = table.map(({ recall, cells }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', class: 'number' }, recall),
      ...cells.map(({ text }) => el('td', { class: 'number' }, text)),
    ),
  );
  return el(
    'details',
    {},
    el('summary', {}, 'As a table'),
    el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)),
  );
}
