/** A cell; row -1 is the heads of the columns. */
export interface Place {
  row: number;
  column: number;
}

interface Bounds {
  rows: number;
  columns: number;
  page: number;
}

/** Where a key leads from a cell; undefined for a key that leads nowhere. */
export function movedBy(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  from: Place,
  { rows, columns, page }: Bounds,
): Place | undefined {
  const far = event.ctrlKey || event.metaKey;
  const [lastRow, lastColumn] = [rows - 1, columns - 1];
  const row = (to: number) => ({ ...from, row: Math.max(-1, Math.min(to, lastRow)) });
  const column = (to: number) => ({ ...from, column: Math.max(0, Math.min(to, lastColumn)) });
  switch (event.key) {
    case 'ArrowDown':
      return row(far ? lastRow : from.row + 1);
    case 'ArrowUp':
      return row(far ? 0 : from.row - 1);
    case 'ArrowRight':
      return column(far ? lastColumn : from.column + 1);
    case 'ArrowLeft':
      return column(far ? 0 : from.column - 1);
    case 'PageDown':
      return row(from.row + page);
    case 'PageUp':
      return row(Math.max(0, from.row - page));
    case 'Home':
      return far ? { row: Math.min(0, lastRow), column: 0 } : column(0);
    case 'End':
      return far ? { row: lastRow, column: lastColumn } : column(lastColumn);
    default:
      return undefined;
  }
}

/** The rectangle between two cells. */
export function rangeOf(anchor: Place, active: Place) {
  const [top, bottom] = [Math.min(anchor.row, active.row), Math.max(anchor.row, active.row)];
  const [left, right] = [Math.min(anchor.column, active.column), Math.max(anchor.column, active.column)];
  return { top: Math.max(0, top), bottom, left, right };
}
