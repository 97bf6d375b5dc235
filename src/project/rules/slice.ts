/** A part of the rows: where a column has a value, has none, or lies in a range. */
export interface SliceRule {
  column: string;
  /** A value as text, `null` for rows without one, or a range of numbers: `from` belongs to it, `to` only when `closed`. */
  is: { value: string } | 'missing' | { from: number; to: number; closed: boolean };
}

const missing = '(missing)';
const number = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`;
const range = new RegExp(String.raw`^\[\s*(${number})\s*,\s*(${number})\s*([)\]])$`);
/** A name or value that needs quotes to be told apart from what is around it; a JSON string. */
const inQuotes = String.raw`"(?:[^"\\]|\\.)*"`;
const parts = new RegExp(String.raw`^\s*(${inQuotes}|[^"=<>[\]]+?)\s*(=|<|>=)\s*(${inQuotes}|[^"\s](?:.*\S)?)\s*$`);

/**
 * Reads `site=north`, `site=" north"`, `site=(missing)`, `age=[40, 52)`, `age=[52, 61]`, `age<40` or `age>=61`;
 * undefined when it is none.
 */
export function readSlice(text: string): SliceRule | undefined {
  const match = parts.exec(text);
  if (match === null) return undefined;
  const [, name = '', sign, rest = ''] = match;
  const column = unquoted(name) ?? name;
  if (sign !== '=') {
    const edge = new RegExp(`^${number}$`).test(rest) ? Number(rest) : undefined;
    if (edge === undefined) return undefined;
    const is = sign === '<' ? { from: -Infinity, to: edge, closed: false } : { from: edge, to: Infinity, closed: true };
    return { column, is };
  }
  if (rest === missing) return { column, is: 'missing' };
  const literally = unquoted(rest);
  if (literally !== undefined) return { column, is: { value: literally } };
  const bounds = range.exec(rest);
  if (bounds === null) return /[[\]]/.test(rest) ? undefined : { column, is: { value: rest } };
  const [from, to] = [Number(bounds[1]), Number(bounds[2])];
  return from < to || (from === to && bounds[3] === ']')
    ? { column, is: { from, to, closed: bounds[3] === ']' } }
    : undefined;
}

function unquoted(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined; // A backslash before a letter that JSON does not know: the quotes are part of the text.
  }
}

/** Blanks at its ends, line breaks, brackets and quotes would read as something else. */
const quotedIf = (text: string, plain: RegExp): string =>
  plain.test(text) && text !== missing ? text : JSON.stringify(text);
const plainName = /^[^\s"=<>[\]](?:[^"=<>[\]\r\n\u2028\u2029]*[^\s"=<>[\]])?$/;
const plainValue = /^[^\s"[\]](?:[^[\]\r\n\u2028\u2029]*[^\s[\]])?$/;

/** A slice in one line as rules and documents name it; what `readSlice` reads. */
export function sliceName(slice: SliceRule): string {
  const { is } = slice;
  const sign = is === 'missing' || 'value' in is || (is.from !== -Infinity && is.to !== Infinity) ? '=' : '';
  return `${quotedIf(slice.column, plainName)}${sign}${sliceValue(slice)}`;
}

/** The part of the name after the column: `north`, `[40, 52)`, `<40`. */
export function sliceValue({ is }: SliceRule): string {
  if (is === 'missing') return missing;
  if ('value' in is) return quotedIf(is.value, plainValue);
  if (is.from === -Infinity) return `<${is.to}`;
  if (is.to === Infinity) return `>=${is.from}`;
  return `[${is.from}, ${is.to}${is.closed ? ']' : ')'}`;
}
