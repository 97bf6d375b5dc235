import './grid.css';
import type { GridOffer } from '../../src/documents/grid/page.js';
import { el } from '../shared/dom.js';
import { connect } from './link.js';
import { type Left, showTable } from './table.js';

const root = document.getElementById('root')!;
const news = document.getElementById('news')!;
const offered: Record<GridOffer, string> = {
  fetch: 'Fetch it',
  text: 'Open as text',
  preview: 'First rows',
  again: 'Read again',
};
let shown: ReturnType<typeof showTable> | undefined;

const link = connect((told) => {
  switch (told.type) {
    case 'reading':
      if (shown === undefined) say(el('p', { class: 'quiet', role: 'status' }, `Reading ${told.name} …`));
      return;
    case 'table':
      shown = showTable(root, link, { ...told, left: leftOf(told.table.columns.map(({ name }) => name)) });
      if (told.stale !== undefined) shown.stale(told.stale);
      return;
    case 'failed':
      shown = undefined;
      return say(
        el('h1', {}, `${told.name} is not shown`),
        el('p', { 'data-failure': true }, told.message),
        ...told.offers.map(button),
      );
    case 'stale':
      return shown?.stale(told.text);
    case 'news':
      news.textContent = told.text;
      return toast(told.text);
  }
});

/** What somebody arranged fits only a table of the same columns. */
function leftOf(names: string[]): Left | undefined {
  const known = link.remembered() as Left | undefined;
  return known?.names.join('\n') === names.join('\n') ? known : undefined;
}

function say(...children: Node[]): void {
  root.replaceChildren(el('main', { class: 'said' }, ...children));
}

function button(offer: GridOffer): HTMLElement {
  const made = el('button', { type: 'button', class: 'action', 'data-action': offer }, offered[offer]);
  made.addEventListener('click', () => link.send({ type: 'take', offer }));
  return made;
}

/** The words of the live region, for who sees; they go with the next press. */
function toast(text: string): void {
  const place = document.getElementById('rows')!;
  const note = el('div', { class: 'toast', 'aria-hidden': 'true', 'data-news': true }, text);
  place.replaceChildren(note);
  const gone = () => note.remove();
  for (const event of ['keydown', 'mousedown'] as const)
    document.addEventListener(event, gone, { once: true, capture: true });
}

link.send({ type: 'ready' });
