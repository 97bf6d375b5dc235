import type { TableBlock } from '../blocks/blocks.js';

/**
 * A table as CSV (RFC 4180): whole values, no rounding; a missing figure is an empty cell.
 * A text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
export function csvOf({ columns, rows }: Pick<TableBlock, 'columns' | 'rows'>): string {
  const lines = [
    columns.map(({ id, title }) => quoted(id === 'answer' && title === '' ? 'answer' : title || id)),
    ...rows.map(({ cells }) => cells.map(({ sort, text }) => quoted(sort === null ? '' : sort === '' ? text : sort))),
  ];
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

function quoted(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
