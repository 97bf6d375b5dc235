import type { GridTable } from '../../src/documents/grid/grid.js';
import { el } from '../shared/dom.js';
import type { Place } from './keys.js';
import { type Columns, rowHeight } from './layout.js';
import type { Store } from './store.js';

export interface Look {
  /** The first row that is seen, whole and parts. */
  top: number;
  rows: number;
  columns: readonly number[];
  active: Place;
  range: { top: number; bottom: number; left: number; right: number };
}

/** The rows that are seen, one line each; what is still on its way is empty. */
export function drawRows({ columns }: GridTable, places: Columns, store: Store, look: Look): HTMLElement[] {
  const { top, rows, active, range } = look;
  const first = Math.floor(top);
  return Array.from({ length: rows }, (_, index) => {
    const at = first + index;
    const row = store.row(at);
    const gutter = el(
      'div',
      { class: 'gutter', role: 'rowheader', 'aria-colindex': 1, 'data-row': at },
      row === undefined ? '' : String(row.number),
    );
    const cells = look.columns.map((column) => {
      const value = row?.cells.get(column);
      const isActive = at === active.row && column === active.column;
      const isIn = at >= range.top && at <= range.bottom && column >= range.left && column <= range.right;
      const { kind, isPrivate } = columns[column]!;
      const cell = el(
        'div',
        {
          ...{
            role: 'gridcell',
            id: `cell-${at}-${column}`,
            'aria-colindex': column + 2,
            'data-row': at,
            'data-cell': column,
          },
          class: `cell kind-${kind}${isPrivate ? ' covered' : ''}${value === null ? ' none' : ''}${isActive ? ' active' : ''}`,
          'aria-selected': isIn ? 'true' : null,
        },
        value === null ? 'null' : oneLine(value, kind),
      );
      cell.style.left = `${places.lefts[column]}px`;
      cell.style.width = `${places.widths[column]}px`;
      return cell;
    });
    const line = el(
      'div',
      { role: 'row', class: 'line', 'aria-rowindex': at + 3 },
      gutter,
      el('div', { class: 'cells', role: 'presentation' }, ...cells),
    );
    line.style.top = `${(at - top) * rowHeight}px`;
    return line;
  });
}

/** A line a row: what would break it is shown as a sign. */
const oneLine = (value: string | undefined, kind: string): string => {
  if (value === undefined) return '';
  if (kind === 'boolean') return value === 'true' ? 'yes' : 'no';
  return value.replace(/\r\n|\r|\n/g, '⏎').replaceAll('\t', '⇥');
};
