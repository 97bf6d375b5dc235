import type { BarView } from '../../../src/report/view.js';
import { svg } from '../../shared/dom.js';

const percent = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** The value as a bar, its limit as a mark, both on one scale. */
export function drawBar(bar: BarView): SVGElement {
  const width = Math.max(0.005, bar.to - bar.from);
  return svg(
    'svg',
    { class: 'bar', role: 'img', 'aria-label': bar.label },
    svg('rect', { class: 'bar-track', x: 0, y: '30%', width: '100%', height: '40%', rx: 2 }),
    svg('rect', { class: 'bar-fill', x: percent(bar.from), y: '30%', width: percent(width), height: '40%', rx: 2 }),
    ...(bar.interval === undefined ? [] : whisker(bar.interval)),
    bar.limit === null
      ? null
      : svg('rect', { class: 'bar-limit', x: percent(bar.limit), y: 0, width: 2, height: '100%' }),
  );
}

/** A line from end to end of the interval, with a mark at each. */
function whisker([from, to]: [number, number]): SVGElement[] {
  const [left, right] = [percent(from), percent(to)];
  const end = (x: string) => svg('line', { class: 'bar-interval', x1: x, x2: x, y1: '25%', y2: '75%' });
  return [svg('line', { class: 'bar-interval', x1: left, x2: right, y1: '50%', y2: '50%' }), end(left), end(right)];
}
