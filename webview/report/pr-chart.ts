import { isAbsent, type CurveView, type PrView, type ReportView } from '../../src/report/view.js';
import { prSummary } from '../../src/report/monitoring/pr.js';
import { card, el } from '../shared/dom.js';
import {
  axes,
  drawChart,
  drawKey,
  lineOf,
  pointOf,
  scaleFor,
  verticalMark,
  type Palette,
  type XyConfig,
} from './chart.js';

export interface PrSection {
  element: HTMLElement;
  /** Moves the point where the model works to that of a what-if, which may have none, or back. */
  show(point: PrView['now'], whatIf: boolean): void;
}

/** Precision against recall: baseline and production, where the model works now, and the floor. */
export function drawPr(view: ReportView): PrSection | null {
  const { pr } = view;
  if (pr === null || isAbsent(pr)) return null;
  const points = pointsOf(pr.now);
  const chart = drawChart(pr.summary, (colours) => configure(pr, points, colours));
  const key = el('div', {}, keyOf(pr, pr.now));
  const element = card('pr', pr.title, key, chart.element, chart.words, drawTable(pr));
  return {
    element,
    show: (point, whatIf) => {
      const now = whatIf ? point : pr.now;
      points.splice(0, points.length, ...pointsOf(now));
      key.replaceChildren(keyOf(pr, now));
      chart.refresh(whatIf ? prSummary(pr, now) : pr.summary);
    },
  };
}

function pointsOf(now: PrView['now']): { x: number; y: number }[] {
  return now ? [{ x: now.recall, y: now.precision }] : [];
}

function keyOf({ curves }: PrView, now: PrView['now']): HTMLElement {
  return drawKey([
    ...curves.map(({ role, name }) => ({ role, draw: 'line' as const, text: name })),
    ...(now ? [{ role: 'now' as const, draw: 'points' as const, text: now.label }] : []),
  ]);
}

function configure(pr: PrView, points: { x: number; y: number }[], colours: Palette): XyConfig {
  const precisions = pr.curves.flatMap(({ precision }) => precision);
  const type = scaleFor(precisions);
  const drawnY = { title: type === 'logarithmic' ? 'precision (log scale)' : 'precision', type } as const;
  const floor = pr.floor;
  return {
    type: 'scatter',
    data: {
      datasets: [{ data: points, ...pointOf('now', colours) }, ...pr.curves.map((curve) => line(curve, type, colours))],
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
    ...lineOf(role, colours),
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
