import type { PageNews } from '../../src/report/protocol.js';
import { el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { placeOf } from './keep-place.js';
import { drawTable } from './blocks/table.js';
import { drawWaterfall } from './blocks/waterfall.js';

export interface RowsPane {
  /** Says that rows were asked for. */
  wait(selection: string): void;
  show(news: PageNews): void;
  clear(): void;
  /** Around a page that is drawn anew: out of what is thrown away, and back to the same block of it. */
  keep(): () => void;
}

/** The rows behind a figure, in a pane right below the block in which they were asked for; closing it gives the keyboard back. */
export function makeRowsPane(place: HTMLElement, host: Host): RowsPane {
  let asked: string | undefined;
  const home = place.parentElement!;
  /** Below the whole block, for blocks that stand beside each other share a line. */
  const putBelow = (element: Element | null | undefined) => {
    const main = element?.closest('main');
    let block = element;
    while (block && block.parentElement !== main) block = block.parentElement;
    if (main && block) block.after(place);
    else if (!place.contains(element ?? null)) home.append(place);
  };
  const close = () => {
    place.replaceChildren();
    if (asked !== undefined) document.querySelector<HTMLElement>(asked)?.focus();
  };
  place.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  function draw(title: string, ...children: (HTMLElement | null)[]): void {
    const heading = el('h2', { id: 'heading-rows', tabindex: -1 }, title);
    place.replaceChildren(
      el(
        'section',
        { class: 'pane', 'data-section': 'rows', 'aria-labelledby': 'heading-rows' },
        el('div', { class: 'pane-head' }, heading, linkButton('Close', close, { 'data-action': 'close-rows' })),
        ...children,
      ),
    );
    heading.focus();
  }
  const explained = el('div', { 'data-explained': true, 'aria-live': 'polite' });
  return {
    clear: () => place.replaceChildren(),
    keep() {
      const above = place.previousElementSibling?.closest<HTMLElement>('main > *');
      const section =
        above?.dataset.section ?? above?.querySelector<HTMLElement>('[data-section]')?.dataset.section ?? '';
      home.append(place);
      return () => {
        if (place.hasChildNodes()) putBelow(document.querySelector(`[data-section="${CSS.escape(section)}"]`));
      };
    },
    wait(selection) {
      asked = placeOf(document.activeElement);
      putBelow(document.activeElement);
      draw(
        'Rows',
        el('p', { class: 'quiet', role: 'status' }, `Reading the rows of ${selection.replace(/^\w+:/, '')} …`),
      );
    },
    show(news) {
      if (news.type === 'explained') {
        const { waterfall, note } = news;
        explained.replaceChildren(waterfall ? drawWaterfall(waterfall) : el('p', { class: 'absent' }, note));
        explained.scrollIntoView({ block: 'nearest' });
        return;
      }
      explained.replaceChildren();
      const { table, title, note } = news;
      draw(
        title,
        note ? el('p', { class: 'quiet small', 'data-rows-note': true }, note) : null,
        explained,
        table ? drawTable(table, host, 'heading-rows').element : null,
      );
    },
  };
}
