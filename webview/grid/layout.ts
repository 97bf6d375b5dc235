import type { GridColumn } from '../../src/documents/grid/grid.js';

export const rowHeight = 24;
export const headHeight = 66;
export const filterHeight = 30;
/** Of names, kinds and rows' numbers, in pixels. */
const [perCharacter, padding, least, most] = [8.3, 24, 84, 340];

/** Browsers draw nothing taller: of a longer table, a pixel stands for several rows. */
const tallest = 8_000_000;

/** Where columns stand, in pixels from the left. */
export interface Columns {
  lefts: number[];
  widths: number[];
  total: number;
}

/** Widths by names, and by the longest of some values. */
export function columnsOf(columns: readonly GridColumn[], longest: (column: number) => number): Columns {
  const widths = columns.map(({ name, kind }, at) => {
    const characters = Math.max(name.length + 3, (kind === 'boolean' ? 'yes / no' : kind).length + 8, longest(at));
    return Math.round(Math.min(most, Math.max(least, characters * perCharacter + padding)));
  });
  let total = 0;
  const lefts = widths.map((width) => (total += width) - width);
  return { lefts, widths, total };
}

/** The columns of which something is seen. */
export function seen({ lefts, widths }: Columns, from: number, width: number): number[] {
  return lefts.flatMap((left, at) => (left + widths[at]! > from && left < from + width ? [at] : []));
}

/** How a scrollbar stands for rows: `height` of all, and between the place of the bar and the first row that is seen. */
export function scale(total: number, bodyHeight: number) {
  const real = total * rowHeight;
  const height = Math.min(real, tallest);
  const rows = Math.max(0, total - bodyHeight / rowHeight);
  const path = Math.max(0, height - bodyHeight);
  return {
    height,
    isScaled: real > tallest,
    lastTop: rows,
    topAt: (scrolled: number) => (path === 0 ? 0 : (Math.min(scrolled, path) / path) * rows),
    scrolledAt: (top: number) => (rows === 0 ? 0 : (top / rows) * path),
  };
}

export const digitsWidth = (total: number): number => Math.max(44, String(total).length * perCharacter + 18);
