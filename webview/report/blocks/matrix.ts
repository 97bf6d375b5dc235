import type { CellView, MatrixBlock } from '../../../src/report/matrix-block.js';
import { card, el } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { drawThreshold, type OnThreshold } from './threshold.js';

/** The confusion matrix in words, with a threshold that can be moved where the page has a use for it. */
export function drawMatrix(
  block: MatrixBlock,
  host: Host,
  onThreshold: OnThreshold | undefined,
): { element: HTMLElement; show: (block: MatrixBlock) => void } {
  const cells = el('div', { class: 'cells' });
  const element = card('matrix', block.title, cells);
  const title = element.querySelector('h2');
  const show = (now: MatrixBlock) => {
    cells.replaceChildren(...now.cells.map((cell) => drawCell(cell, now.opens && cell.count > 0 ? host : null)));
    if (title) title.textContent = now.title;
    element.toggleAttribute('data-what-if', now.whatIf === true);
  };
  show(block);
  if (block.sweep && onThreshold) element.append(...drawThreshold(block, block.sweep, onThreshold));
  return { element, show };
}

export function drawCell({ cell, text, label, detail, blamed }: CellView, host: Host | null = null): HTMLElement {
  const content = [
    el('strong', {}, text),
    el('span', {}, label),
    blamed ? el('span', { class: 'unseen' }, '(a failing gate counts these)') : null,
  ];
  const about = { class: 'cell', 'data-cell': cell, 'data-blamed': blamed, title: detail };
  if (!host) return el('div', about, ...content);
  const button = el('button', { type: 'button', ...about, title: `${detail}: show these rows` }, ...content);
  button.addEventListener('click', () => host.send({ type: 'command', command: 'showRows', argument: `cell:${cell}` }));
  return button;
}
