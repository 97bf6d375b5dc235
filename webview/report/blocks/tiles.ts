import type { TilesBlock, TileView } from '../../../src/report/blocks/blocks.js';
import { el } from '../../shared/dom.js';
import { drawFigure } from './figure.js';

/** Large figures, each beside its baseline where it has one. */
export function drawTiles(
  block: TilesBlock,
  name: string,
): { element: HTMLElement; show: (block: TilesBlock) => void } {
  const tiles = el('dl', { class: 'tiles' });
  const show = (now: TilesBlock) => tiles.replaceChildren(...now.tiles.map(drawTile));
  show(block);
  const element = el(
    'section',
    { class: 'metrics', 'data-section': name, 'aria-labelledby': `heading-${name}` },
    el('h2', { id: `heading-${name}` }, block.title),
    tiles,
  );
  return { element, show };
}

function drawTile({ id, title, value, baseline, change, note, whatIf }: TileView): HTMLElement {
  const before = baseline && ['baseline ', drawFigure(baseline), change ? ` · ${change}` : ''];
  return el(
    'div',
    { class: 'tile', 'data-metric': id, 'data-what-if': whatIf },
    el('dt', {}, title),
    el('dd', { class: 'tile-value' }, drawFigure(value)),
    before ? el('dd', { class: 'quiet small' }, ...before) : null,
    note ? el('dd', { class: 'quiet small' }, note) : null,
  );
}
