import type { Block } from '../../../src/report/blocks/blocks.js';
import { card, el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { drawBeeswarm } from './beeswarm.js';
import { drawGates } from './gates.js';
import { drawLineChart } from './line-chart.js';
import { drawMap } from './map.js';
import { drawMatrix } from './matrix.js';
import { drawTable } from './table.js';
import type { OnThreshold } from './threshold.js';
import { drawTiles } from './tiles.js';
import { drawWaterfalls } from './waterfall.js';

export interface DrawnBlock {
  element: HTMLElement;
  /** Shows another state of the same block: as it would be at another threshold, or as it was. */
  show: (block: Block) => void;
}

/** One block as a section. `onThreshold`: hears a threshold that is moved, where the page can follow it. */
export function drawBlock(block: Block, host: Host, onThreshold?: OnThreshold): DrawnBlock {
  const name = nameOf(block.id);
  switch (block.type) {
    case 'table': {
      const { element, show } = drawTable(block, host, `heading-${name}`);
      const whole = block.folded ? folded(name, block.title, element) : card(name, block.title, element);
      return { element: whole, show: sameKind(show) };
    }
    case 'chart': {
      const { elements, show } = drawLineChart(block, host);
      return { element: card(name, block.title, ...elements), show: sameKind(show) };
    }
    case 'tiles': {
      const { element, show } = drawTiles(block, name);
      return { element, show: sameKind(show) };
    }
    case 'gates': {
      const { element, show } = drawGates(block, host);
      return { element, show: sameKind(show) };
    }
    case 'matrix': {
      const { element, show } = drawMatrix(block, host, onThreshold);
      return { element, show: sameKind(show) };
    }
    case 'beeswarm':
      return still(card(name, block.title, ...drawBeeswarm(block)));
    case 'map':
      return still(card(name, block.title, ...drawMap(block)));
    case 'waterfall':
      return still(card(name, block.title, ...drawWaterfalls(block)));
    case 'text':
      return still(card(name, block.title, ...block.lines.map((line) => el('p', { class: 'lines' }, line))));
  }
}

function folded(name: string, title: string, element: HTMLElement): HTMLElement {
  const summary = el('summary', { id: `heading-${name}` }, title);
  return el('details', { class: 'folded', 'data-section': name }, summary, element);
}

/** A block never turns into one of another kind. */
function sameKind<Kind extends Block>(show: (block: Kind) => void): DrawnBlock['show'] {
  return (block) => show(block as Kind);
}

function still(element: HTMLElement): DrawnBlock {
  return { element, show: () => undefined };
}

/** An id may come from data: only letters and digits reach an element's id. */
function nameOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '-');
}
