import type { Block, TilesBlock } from '../../../src/report/blocks/blocks.js';
import { card, el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { drawFigure } from '../gates.js';
import { drawBeeswarm } from './beeswarm.js';
import { drawLineChart } from './line-chart.js';
import { drawTable } from './table.js';
import { drawWaterfalls } from './waterfall.js';

/** One block as a card. */
export function drawBlock(block: Block, host: Host): HTMLElement {
  const name = nameOf(block.id);
  switch (block.type) {
    case 'table':
      return card(name, block.title, drawTable(block, host, `heading-${name}`));
    case 'chart':
      return card(name, block.title, ...drawLineChart(block, host));
    case 'beeswarm':
      return card(name, block.title, ...drawBeeswarm(block));
    case 'waterfall':
      return card(name, block.title, ...drawWaterfalls(block));
    case 'tiles':
      return drawTiles(block, name);
    case 'text':
      return card(name, block.title, ...block.lines.map((line) => el('p', { class: 'lines' }, line)));
  }
}

/** An id may come from data: only letters and digits reach an element's id. */
function nameOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '-');
}

function drawTiles({ title, tiles }: TilesBlock, name: string): HTMLElement {
  const drawn = tiles.map(({ id, title: label, value, note }) =>
    el(
      'div',
      { class: 'tile', 'data-metric': id },
      el('dt', {}, label),
      el('dd', { class: 'tile-value' }, drawFigure(value)),
      note ? el('dd', { class: 'quiet small' }, note) : null,
    ),
  );
  return el(
    'section',
    { class: 'metrics', 'data-section': name, 'aria-labelledby': `heading-${name}` },
    el('h2', { id: `heading-${name}` }, title),
    el('dl', { class: 'tiles' }, ...drawn),
  );
}
