import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest } from '../request-error.js';
import type { Cell, Rows } from './rows.js';

const missing = new Set(['', 'nan', 'null', 'na']);

/**
 * Comma-separated rows. A first line that names a feature is a header, and columns then go by name.
 * An empty cell or NaN is a missing value.
 * @throws RequestError (400) for an open quote
 */
export function decodeCsv(text: string, inputs: BundleInput[]): Rows {
  const lines = splitCsv(text);
  const known = new Set(inputs.map(({ name }) => name));
  const names = lines[0]?.some((cell) => known.has(cell.trim()))
    ? lines.shift()!.map((cell) => cell.trim())
    : undefined;
  const order = names ?? inputs.map(({ name }) => name);
  const numbers = new Set(inputs.filter(({ type }) => type === 'number').map(({ name }) => name));
  const cells = lines.map((line) => line.map((cell, column) => cellOf(cell, numbers.has(order[column] ?? ''))));
  return { names, cells };
}

/** A text stays text where a number is expected; the check of the column says so. */
function cellOf(cell: string, isNumber: boolean): Cell {
  const text = cell.trim();
  if (missing.has(text.toLowerCase())) return null;
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Lines of cells; quotes as in RFC 4180. Empty lines are passed over. */
function splitCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = /([^",\r\n]*)(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const quoted = text[at] === '"' ? text.slice(at + 1, endOfQuotes(text, at)) : undefined;
    if (quoted !== undefined) cell.lastIndex = at + quoted.length + 2;
    const found = cell.exec(text);
    if (!found || (quoted !== undefined && found[1] !== ''))
      throw badRequest(`csv: line ${lines.length + 1}: a quote that does not fit at character ${at + 1}`);
    line.push(quoted?.replaceAll('""', '"') ?? found[1]!);
    const end = found[2] !== ',';
    if (!end && cell.lastIndex === text.length) line.push('');
    if (!end) continue;
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** Where the quote is that ends a quoted cell; the text's end where there is none. */
function endOfQuotes(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}
