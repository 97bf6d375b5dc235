import type { BundleInput } from '../../models/bundle/bundle.js';
import { type Wrong, tokenizer } from '../../data/files/tokenizer.js';
import { badRequest } from '../request-error.js';
import { type Cell, checkSize, type Rows } from './rows.js';

/** Where a number is expected such a word can mean nothing else; among texts it is one of them. */
const missing = new Set(['nan', 'null', 'na']);

/**
 * Comma-separated rows. A first line that names a feature is a header, and columns then go by name.
 * An empty cell is a missing value, and NaN, null and NA where a number is expected.
 * @throws RequestError (400) for an open quote, (413) for more than one request may hold
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
  if (text === '') return null;
  if (!isNumber) return text;
  const word = text.toLowerCase();
  if (missing.has(word)) return null;
  // As in table files: truth values are 1 and 0 to a model.
  if (word === 'true' || word === 'false') return word === 'true';
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * Lines of cells by the rules that table files have. An empty line is passed over, except where rows are of one cell: it
 * is then a missing one.
 * @throws RequestError (400) naming the line of what does not fit, (413) for more than one request may hold
 */
function splitCsv(text: string): string[][] {
  const bytes = Buffer.from(text);
  // Bytes and characters stand at the same places in nearly every body, and to cut a string is the faster.
  const cut =
    bytes.length === text.length
      ? (from: number, to: number) => text.slice(from, to)
      : (from: number, to: number) => bytes.toString('utf8', from, to);
  const lines: string[][] = [];
  let [line, cells] = [[] as string[], 0];
  const reading = tokenizer(',', wrong, {
    field: (from, to, quoted) => {
      line.push(quoted ? cut(from + 1, to - 1).replaceAll('""', '"') : cut(from, to));
      checkSize({ cells: (cells += 1) });
    },
    record: (fields) => {
      if (fields > 0 || lines[0]?.length === 1) lines.push(line);
      line = [];
      checkSize({ rows: lines.length });
    },
  });
  reading.write(bytes);
  reading.end();
  return lines;
}

const wrong: Wrong = (line, found, expected) => badRequest(`csv: line ${line}: found ${found}, expected ${expected}`);
