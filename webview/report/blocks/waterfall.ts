import type { WaterfallBlock, WaterfallView } from '../../../src/report/blocks/blocks.js';
import { el, svg } from '../../shared/dom.js';

/** One of several rows, chosen by name. */
export function drawWaterfalls({ id, rows }: WaterfallBlock): HTMLElement[] {
  const place = el('div', { class: 'waterfall-place' });
  const choose = el(
    'select',
    { id: `choose-${id}`, 'data-choose': id },
    ...rows.map(({ title }, at) => el('option', { value: at }, title)),
  );
  const show = () =>
    place.replaceChildren(...[rows[Number(choose.value)]].flatMap((row) => (row ? [drawWaterfall(row)] : [])));
  choose.addEventListener('change', show);
  show();
  return [el('p', { class: 'choose' }, el('label', { for: `choose-${id}` }, 'Row '), choose), place];
}

/** From the base to the row's own raw score, step by step. */
export function drawWaterfall({ title, steps, base, total, note }: WaterfallView): HTMLElement {
  const ends = (name: string, end: { text: string; at: number }) =>
    el(
      'tr',
      { class: 'waterfall-end' },
      el('th', { scope: 'row' }, name),
      el('td', {}),
      el('td', { class: 'fall-cell' }, bar(end.at, end.at, 'end')),
      el('td', { class: 'number' }, end.text),
    );
  const rows = steps.map(({ feature, value, change, from, to }) =>
    el(
      'tr',
      { 'data-feature': feature },
      el('th', { scope: 'row', class: 'name', title: feature }, feature),
      el('td', { class: 'number quiet' }, value),
      el('td', { class: 'fall-cell' }, bar(from, to, to >= from ? 'up' : 'down')),
      el('td', { class: 'number' }, change.text),
    ),
  );
  const heads = ['Feature', 'Value', 'From low to high', 'Change'].map((head, at) =>
    el('th', { scope: 'col', class: at === 1 || at === 3 ? 'number' : null }, head),
  );
  return el(
    'div',
    { class: 'waterfall', 'data-waterfall': title },
    el(
      'table',
      { 'aria-label': `What made the score of ${title}` },
      el('thead', {}, el('tr', {}, ...heads)),
      el('tbody', {}, ends('base', base), ...rows, ends('score', total)),
    ),
    el('p', { class: 'quiet small' }, note),
  );
}

function bar(from: number, to: number, way: 'up' | 'down' | 'end'): SVGElement {
  const percent = (share: number) => `${(1 + 98 * share).toFixed(2)}%`;
  const width = Math.max(0.6, Math.abs(to - from) * 98);
  return svg(
    'svg',
    { class: 'fall', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', {
      class: `fall-${way}`,
      x: percent(Math.min(from, to)),
      y: 2,
      width: `${width.toFixed(2)}%`,
      height: 12,
      rx: 1,
    }),
  );
}
