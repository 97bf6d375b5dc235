import type { BeeswarmBlock } from '../../../src/report/blocks/blocks.js';
import { el, svg } from '../../shared/dom.js';

const height = 34;

/** A line a feature, a point a row: right of the middle line it raised the score. Colour tells the feature's own value. */
export function drawBeeswarm({ lines, zero, ends, summary }: BeeswarmBlock): HTMLElement[] {
  const rows = lines.map(({ feature, points }) =>
    el(
      'div',
      { class: 'swarm-line', 'data-feature': feature },
      el('span', { class: 'name', title: feature }, feature),
      svg(
        'svg',
        { class: 'swarm', height, width: '100%', 'aria-hidden': 'true', focusable: 'false' },
        svg('line', { x1: percent(zero), x2: percent(zero), y1: 0, y2: height, class: 'swarm-zero' }),
        ...points.map(({ x, y, value }) =>
          svg('circle', {
            cx: percent(x),
            cy: height / 2 + y * (height / 2 - 4),
            r: 2.6,
            class: `dot dot-${value === null ? 'none' : Math.round(value * 4)}`,
          }),
        ),
      ),
    ),
  );
  const scale = el(
    'div',
    { class: 'swarm-line quiet small' },
    el('span'),
    el('span', { class: 'swarm-ends' }, el('span', {}, ends[0]), el('span', {}, ends[1])),
  );
  const key = el(
    'ul',
    { class: 'keys' },
    ...(['low value', '', '', '', 'high value'] as const).map((word, at) =>
      el('li', {}, el('span', { class: `key-dot dot-${at}` }), word),
    ),
    el('li', {}, el('span', { class: 'key-dot dot-none' }), 'missing, or no number'),
  );
  return [
    key,
    el('div', { class: 'swarms', role: 'img', 'aria-label': summary }, ...rows, scale),
    el('p', { class: 'quiet small' }, summary),
  ];
}

/** Dots at the edges keep their whole width. */
function percent(share: number): string {
  return `${(1 + 98 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
}
