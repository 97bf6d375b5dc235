import type { GridColumn, GridStatistics } from '../../src/documents/grid/grid.js';
import { el, linkButton, svg } from '../shared/dom.js';
import { kindWord, shareText } from './head.js';

/** All that is known of a column, beside its head; Escape and the cross close it and give the keyboard back. */
export function makePopover(place: HTMLElement, closed: () => void) {
  let shown: number | undefined;
  const close = () => {
    if (shown === undefined) return;
    shown = undefined;
    place.replaceChildren();
    closed();
  };
  place.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  const draw = (column: GridColumn, left: number, ...children: (Node | null)[]) => {
    const cross = linkButton('✕', close, { class: 'link cross', 'aria-label': 'Close', 'data-action': 'close' });
    const head = el(
      'div',
      { class: 'pop-head' },
      el('strong', {}, column.name),
      el('span', { class: 'quiet' }, ` ${kindWord(column)} · ${column.type}`),
      cross,
    );
    const box = el(
      'section',
      {
        class: 'pop',
        role: 'dialog',
        'aria-label': `Statistics of ${column.name}`,
        tabindex: -1,
        'data-statistics': column.name,
      },
      head,
      ...children,
    );
    place.replaceChildren(box);
    box.style.left = `${Math.max(8, Math.min(left, place.clientWidth - box.offsetWidth - 8))}px`;
    box.focus({ preventScroll: true });
  };
  return {
    close,
    isOpen: () => shown !== undefined,
    wait(at: number, column: GridColumn, left: number) {
      shown = at;
      draw(column, left, el('p', { class: 'quiet', role: 'status' }, 'Counting …'));
    },
    show(column: GridColumn, left: number, found: GridStatistics) {
      if (shown === found.column) draw(column, left, ...partsOf(found));
    },
    fail(at: number, column: GridColumn, left: number, message: string) {
      if (shown === at) draw(column, left, el('p', { class: 'absent' }, message));
    },
  };
}

function partsOf({ rows, facts, bars, commonest }: GridStatistics): (Node | null)[] {
  const list = facts.map(({ name, value }) => el('div', {}, el('dt', {}, name), el('dd', {}, value)));
  return [
    el(
      'p',
      { class: 'quiet small' },
      `of ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} that the filters leave`,
    ),
    el('dl', { class: 'facts' }, ...list),
    bars.length === 0 ? null : histogram(bars),
    commonest.length === 0
      ? null
      : el('table', { 'aria-label': 'Commonest values' }, el('tbody', {}, ...commonest.map(common))),
  ];
}

function histogram(bars: GridStatistics['bars']): HTMLElement {
  const highest = Math.max(...bars.map(({ share }) => share), Number.MIN_VALUE);
  const width = 280 / bars.length;
  const drawn = bars.map(({ share, from, to }, at) => {
    const height = share === 0 ? 0 : Math.max(1.5, (share / highest) * 56);
    return svg(
      'rect',
      { x: at * width, y: 56 - height, width: width - 2, height },
      svg('title', {}, `${from} to ${to}: ${shareText(share)}`),
    );
  });
  const picture = svg(
    'svg',
    {
      class: 'histogram',
      viewBox: '0 0 280 56',
      role: 'img',
      'aria-label': `Spread from ${bars[0]!.from} to ${bars.at(-1)!.to}`,
    },
    ...drawn,
  );
  const ends = el('div', { class: 'ends quiet small' }, el('span', {}, bars[0]!.from), el('span', {}, bars.at(-1)!.to));
  return el('div', {}, picture, ends);
}

function common({ value, share }: GridStatistics['commonest'][number]): HTMLElement {
  const bar = svg(
    'svg',
    { class: 'share', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { x: 0, y: 0, width: Math.max(1, share * 100), height: 6 }),
  );
  return el(
    'tr',
    {},
    el('th', { scope: 'row', title: value }, value),
    el('td', {}, bar),
    el('td', { class: 'number' }, shareText(share)),
  );
}
