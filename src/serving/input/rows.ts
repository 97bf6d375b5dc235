import type { Matrix } from '../../models/table/matrix.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest, RequestError } from '../request-error.js';

/** A cell as it came: null is a missing value. */
export type Cell = number | string | boolean | null;

/** Rows of a request. With `names` the columns are known by name, otherwise they stand in the model's order. */
export interface Rows {
  names?: string[];
  cells: Cell[][];
}

/** What a request body holds: rows, or one record by feature name. */
export type Decoded = { form: 'rows'; rows: Rows } | { form: 'record'; features: Record<string, unknown> };

/** What one request may hold. More is no single answer, and asked for in several. */
const most = { rows: 1_000_000, cells: 5_000_000, characters: 100_000 };

/** @throws RequestError (413) for more rows or values than one request may hold */
export function checkSize({ rows, cells }: { rows?: number; cells?: number }): void {
  const more =
    (rows ?? 0) > most.rows ? `${most.rows} rows` : (cells ?? 0) > most.cells ? `${most.cells} values` : null;
  if (more !== null) throw new RequestError(413, `found more than ${more} in one request: send fewer rows at a time`);
}

/** A value as a message shows it: what somebody sent is not sent back whole. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= 100 ? text : `${text.slice(0, 100)}… (${text.length} characters)`;
}

/**
 * The rows as the model takes them. Columns that the model does not know are left aside when columns have names.
 * @throws RequestError (400) naming found and expected columns, or the row and column of a cell that does not fit
 */
export function toMatrix(rows: Rows, inputs: BundleInput[]): Matrix {
  if (rows.cells.length === 0) throw badRequest('no rows: expected at least one');
  const places = placesOf(rows, inputs);
  checkWidths(rows, rows.names?.length ?? inputs.length, inputs);
  const categories: Record<string, string[]> = {};
  const values = inputs.map((input, index) => {
    const place = places[index]!;
    if (input.type === 'number') return numbersOf(rows.cells, place, input.name);
    const cells = rows.cells.map((row) => row[place]!);
    const { codes, names } = encode(cells, input.name);
    categories[input.name] = names;
    return codes;
  });
  return { columns: inputs.map(({ name }) => name), values, rows: rows.cells.length, categories };
}

/** Where each input stands in a row. */
function placesOf(rows: Rows, inputs: BundleInput[]): number[] {
  const { names } = rows;
  if (names === undefined || isInOrder(names, inputs)) return inputs.map((_, index) => index);
  requireFeatures(names, inputs);
  const places = new Map(names.map((name, index) => [name, index]));
  const twice = inputs.find(({ name }) => names.indexOf(name) !== places.get(name));
  if (twice) throw badRequest(`found column ${twice.name} twice, expected it once`);
  return inputs.map(({ name }) => places.get(name)!);
}

/** As our own answers name them, and most callers do. */
function isInOrder(names: readonly string[], inputs: readonly BundleInput[]): boolean {
  return names.length === inputs.length && inputs.every(({ name }, place) => name === names[place]);
}

/** @throws RequestError (400) listing what is missing and what is required */
export function requireFeatures(found: string[], inputs: BundleInput[]): void {
  const required = inputs.map(({ name }) => name);
  const there = new Set(found);
  const missing = required.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  const list = missing.map((name) => `'${name}'`).join(', ');
  throw badRequest(`Missing required features: [${list}]`, { required_features: required });
}

function checkWidths(rows: Rows, width: number, inputs: BundleInput[]): void {
  const wrong = rows.cells.findIndex((row) => row.length !== width);
  if (wrong < 0) return;
  wrongWidth(rows.cells[wrong]!.length, width, wrong, inputs);
}

/** @throws RequestError (400) when a row has not as many columns as the model has inputs; `row` counts from 0 */
export function checkWidth(found: number, row: number, inputs: BundleInput[]): void {
  if (found !== inputs.length) wrongWidth(found, inputs.length, row, inputs);
}

function wrongWidth(found: number, width: number, row: number, inputs: BundleInput[]): never {
  const names = inputs.map(({ name }) => name);
  throw badRequest(`row ${row + 1}: found ${found} columns, expected ${width}: ${names.join(', ')}`, {
    required_features: names,
  });
}

function numbersOf(rows: readonly Cell[][], place: number, column: string): Float64Array {
  const values = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) values[row] = numberOf(rows[row]![place]!, row, column);
  return values;
}

function numberOf(cell: Cell, row: number, column: string): number {
  if (typeof cell === 'number') return cell;
  if (cell === null) return Number.NaN;
  if (typeof cell === 'boolean') return Number(cell);
  throw badRequest(`row ${row + 1}, ${column}: found ${shown(cell)}, expected a number or null`);
}

/** Category columns travel as codes into the values of this request; the model's preprocessing goes by the values. */
function encode(cells: Cell[], column: string): { codes: Float64Array; names: string[] } {
  const seen = new Map<string, number>();
  const codes = Float64Array.from(cells, (cell, row) => {
    if (cell === null) return Number.NaN;
    // Two whole numbers that one double stands for are two things: which was meant is lost by now.
    if (typeof cell === 'number' && Number.isInteger(cell) && !Number.isSafeInteger(cell))
      throw badRequest(
        `row ${row + 1}, ${column}: found ${cell}, expected numbers of so many digits as text: "${cell}"`,
      );
    const text = String(cell);
    if (text.length > most.characters)
      throw badRequest(`found a text of ${text.length} characters, expected at most ${most.characters}`);
    if (!seen.has(text)) seen.set(text, seen.size);
    return seen.get(text)!;
  });
  return { codes, names: [...seen.keys()] };
}
