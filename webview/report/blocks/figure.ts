import type { Figure } from '../../../src/report/view.js';
import { el } from '../../shared/dom.js';

/** A figure; where it is missing, the reason is in the tooltip and read aloud. */
export function drawFigure(figure: Figure): HTMLElement | string {
  if (figure.reason === null) return figure.text;
  return el(
    'span',
    { class: 'missing', title: figure.reason },
    figure.text,
    el('span', { class: 'unseen' }, ` (${figure.reason})`),
  );
}
