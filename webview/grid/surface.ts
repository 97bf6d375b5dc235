import type { GridTable } from '../../src/documents/grid/grid.js';
import { el } from '../shared/dom.js';
import { digitsWidth, filterHeight, headHeight, rowHeight, scale, type Columns } from './layout.js';

/** What a table is drawn on: a window onto it that stands still, and behind it what the scrollbars measure. */
export function makeSurface({ columns, total }: GridTable, name: string) {
  const heads = el('div', { class: 'heads', role: 'row', 'aria-rowindex': 1 });
  const filters = el('div', { class: 'filters', role: 'row', 'aria-rowindex': 2 });
  const lines = el('div', { class: 'lines', role: 'rowgroup' });
  const top = el('div', { class: 'top', role: 'rowgroup' }, heads, filters);
  const stage = el(
    'div',
    {
      ...{ class: 'stage', role: 'grid', tabindex: 0, 'aria-label': `Rows of ${name}`, 'aria-multiselectable': 'true' },
      ...{ 'aria-colcount': columns.length + 1, 'aria-rowcount': total + 2, 'aria-readonly': 'true' },
    },
    top,
    lines,
  );
  const sizer = el('div', { class: 'sizer', 'aria-hidden': 'true' });
  const scroller = el('div', { class: 'scroller' }, stage, sizer);
  const gutter = digitsWidth(total);
  scroller.style.setProperty('--gutter', `${gutter}px`);
  const topHeight = headHeight + filterHeight;
  const bodyHeight = () => Math.max(rowHeight, scroller.clientHeight - topHeight);
  return {
    ...{ scroller, stage, heads, filters, lines, gutter, bodyHeight },
    /** Rows that fit, parts of rows too. */
    visibleRows: () => Math.ceil(bodyHeight() / rowHeight) + 1,
    bodyWidth: () => Math.max(1, scroller.clientWidth - gutter),
    /** Makes the scrollbars measure so many rows, and says how. */
    measure(rows: number, places: Columns) {
      const measured = scale(rows, bodyHeight());
      sizer.style.height = `${measured.height + topHeight}px`;
      sizer.style.width = `${places.total + gutter + 1}px`;
      stage.style.width = `${scroller.clientWidth}px`;
      stage.style.height = `${scroller.clientHeight}px`;
      scroller.style.setProperty('--left', `${-scroller.scrollLeft}px`);
      return measured;
    },
  };
}
export type Surface = ReturnType<typeof makeSurface>;
