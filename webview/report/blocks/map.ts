import type { MapBlock, MapPoint, RiskLevel } from '../../../src/report/blocks/map-block.js';
import { el, svg } from '../../shared/dom.js';

/** A shape a level, so that it can be told without its colour; in pixels around the place. */
const shapes: Record<RiskLevel, string> = {
  high: 'M0 -6.5 6 4.5H-6Z',
  some: 'M0 -5 5 0 0 5-5 0Z',
  low: 'M-3.2 0A3.2 3.2 0 1 1 3.2 0 3.2 3.2 0 1 1-3.2 0Z',
  unknown: 'M-3.5 -3.5 3.5 3.5M3.5 -3.5-3.5 3.5',
};
/** What matters most lies on top. */
const order: RiskLevel[] = ['unknown', 'low', 'some', 'high'];

/** Places where they lie, of the same size however wide the page is. */
export function drawMap(block: MapBlock): HTMLElement[] {
  const { points, lines, levels, scale, summary } = block;
  const sorted = [...points].sort((left, right) => order.indexOf(left.level) - order.indexOf(right.level));
  const key = el(
    'ul',
    { class: 'keys' },
    ...levels.map(({ level, text }) =>
      el(
        'li',
        {},
        svg(
          'svg',
          { class: 'map-key', width: 14, height: 14, viewBox: '-7 -7 14 14', 'aria-hidden': 'true' },
          shapeOf(level),
        ),
        text,
      ),
    ),
  );
  const drawing = svg(
    'svg',
    { class: 'map', role: 'img', 'aria-label': summary, width: '100%', height: '100%' },
    ...lines.map(({ from, to }) =>
      svg('line', {
        class: 'map-move',
        x1: percent(from[0]),
        y1: percent(from[1]),
        x2: percent(to[0]),
        y2: percent(to[1]),
      }),
    ),
    ...sorted.map(drawPoint),
    drawScale(scale),
  );
  const ground = el('div', { class: 'map-ground' }, drawing);
  // By a property: the page's policy lets no style stand in an attribute.
  ground.style.aspectRatio = String(block.proportion);
  ground.style.maxWidth = `${Math.round(560 * block.proportion)}px`;
  return [key, ground, el('p', { class: 'quiet small' }, summary)];
}

function drawPoint({ id, x, y, level, label, rank }: MapPoint): SVGElement {
  return svg(
    'svg',
    { x: percent(x), y: percent(y), class: 'map-place', 'data-place': id, 'data-level': level },
    svg('title', {}, label),
    shapeOf(level),
    rank === undefined ? null : svg('text', { ...besides(x), y: 4 }, String(rank)),
  );
}

/** Left of a place at the right border, where it would be cut off. */
const besides = (x: number) => (x > 0.92 ? { x: -8, 'text-anchor': 'end' } : { x: 8 });

const shapeOf = (level: RiskLevel) => svg('path', { d: shapes[level], class: `map-shape map-${level}` });

function drawScale({ share, text }: MapBlock['scale']): SVGElement {
  return svg(
    'svg',
    { x: '1%', y: '98%', class: 'map-scale' },
    svg('line', { x1: 0, x2: percent(share), y1: 0, y2: 0 }),
    svg('text', { x: 0, y: -5 }, text),
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
