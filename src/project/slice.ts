/** A part of the rows: where a column has a value, has none, or lies in a range. */
export interface SliceRule {
  column: string;
  /** A value as text, `null` for rows without one, or a range of numbers: `from` belongs to it, `to` only when `closed`. */
  is: { value: string } | 'missing' | { from: number; to: number; closed: boolean };
}

const missing = '(missing)';
const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const range = new RegExp(String.raw`^\[\s*(${number})\s*,\s*(${number})\s*([)\]])$`);

/**
 * Reads `site=north`, `site=(missing)`, `age=[40, 52)`, `age=[52, 61]`, `age<40` or `age>=61`; undefined when it is none.
 */
export function readSlice(text: string): SliceRule | undefined {
  const match = /^\s*([^=<>[\]]+?)\s*(=|<|>=)\s*(.+?)\s*$/.exec(text);
  if (match === null) return undefined;
  const [, column = '', sign, rest = ''] = match;
  if (sign !== '=') {
    const edge = new RegExp(`^${number}$`).test(rest) ? Number(rest) : undefined;
    if (edge === undefined) return undefined;
    const is = sign === '<' ? { from: -Infinity, to: edge, closed: false } : { from: edge, to: Infinity, closed: true };
    return { column, is };
  }
  if (rest === missing) return { column, is: 'missing' };
  const bounds = range.exec(rest);
  if (bounds === null) return /[[\]]/.test(rest) ? undefined : { column, is: { value: rest } };
  const [from, to] = [Number(bounds[1]), Number(bounds[2])];
  return from < to || (from === to && bounds[3] === ']')
    ? { column, is: { from, to, closed: bounds[3] === ']' } }
    : undefined;
}

/** A slice as rules and documents name it; what `readSlice` reads. */
export function sliceName({ column, is }: SliceRule): string {
  if (is === 'missing') return `${column}=${missing}`;
  if ('value' in is) return `${column}=${is.value}`;
  if (is.from === -Infinity) return `${column}<${is.to}`;
  if (is.to === Infinity) return `${column}>=${is.from}`;
  return `${column}=[${is.from}, ${is.to}${is.closed ? ']' : ')'}`;
}

/** The part of the name after the column: `north`, `[40, 52)`, `< 40`. */
export function sliceValue(slice: SliceRule): string {
  return sliceName(slice).slice(slice.column.length).replace(/^=/, '');
}
