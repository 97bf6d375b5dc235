import { scanJson } from '../../common/scan-json.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest, RequestError } from '../request-error.js';
import { checkSize, shown, type Cell, type Decoded, type Rows } from './rows.js';

/** Rows lie three deep; what a record carries beside its features may be as deep as this. */
const deepest = 64;

/**
 * JSON bodies: a raw array (of rows, of numbers for one row, of records), or the same under `features`;
 * `{"features": {name: value, …}}` is one record, as is the record itself. NaN, as Python writes it, is a missing value like null. Of records,
 * only the model's inputs are kept.
 * @throws RequestError (400, 413)
 */
export function decodeJson(text: string, inputs: BundleInput[]): Decoded {
  const body = parseJson(text);
  const rows = (items: unknown[]): Decoded => ({ form: 'rows', rows: rowsOf(items, inputs, text.length) });
  if (Array.isArray(body)) return rows(body);
  if (!isRecord(body)) throw badRequest('Missing "features" in request body');
  if (body.features === undefined) {
    if (inputs.some(({ name }) => Object.hasOwn(body, name))) return { form: 'record', features: body };
    throw badRequest('Missing "features" in request body');
  }
  const { features } = body;
  if (Array.isArray(features)) return rows(features);
  if (isRecord(features)) return { form: 'record', features };
  throw badRequest(`"features": found ${nameOf(features)}, expected an array of rows or an object of features`);
}

/**
 * JSON lines: one row a line, an array or a record, either also under `features`. Empty lines are passed over.
 * @throws RequestError (400, 413) naming the line
 */
export function decodeJsonLines(text: string, inputs: BundleInput[]): Decoded {
  const items: unknown[] = [];
  let [number, from, signs] = [0, 0, 0];
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end).trim();
    number += 1;
    from = end < 0 ? text.length : end + 1;
    if (line === '') continue;
    signs += line.length;
    items.push(itemOf(line, number));
    checkSize({ rows: items.length });
  }
  return { form: 'rows', rows: rowsOf(items, inputs, signs) };
}

function itemOf(line: string, number: number): unknown {
  const item = parseJson(line, `line ${number}`);
  const row = isRecord(item) && item.features !== undefined ? item.features : item;
  if (Array.isArray(row) || isRecord(row)) return row;
  throw badRequest(`line ${number}: found ${nameOf(row)}, expected an array or an object`);
}

/** One record, which has all inputs, as rows of one. */
export function rowsOfRecord(features: Record<string, unknown>, inputs: BundleInput[]): Rows {
  const names = inputs.map(({ name }) => name);
  return { names, cells: [names.map((name) => cellOf(features[name], undefined, name))] };
}

function rowsOf(items: unknown[], inputs: BundleInput[], length: number): Rows {
  checkSize({ rows: items.some((item) => !isCell(item)) ? items.length : 1 });
  if (items.some(isRecord)) return rowsOfRecords(items, inputs, length);
  if (items.some(Array.isArray)) return { cells: items.map((item, index) => rowOf(item, index)) };
  return { cells: items.length === 0 ? [] : [rowOf(items, 0)] };
}

/** Records with few of the model's inputs make more cells than they have signs: so many that a mistake is likely. */
const sparseCells = 1_000_000;

function rowsOfRecords(items: unknown[], inputs: BundleInput[], length: number): Rows {
  const records = items.map((item, index) => {
    if (isRecord(item)) return item;
    throw badRequest(`row ${index + 1}: found ${nameOf(item)}, expected an object as in the other rows`);
  });
  const names = inputs.map(({ name }) => name).filter((name) => records.some((record) => Object.hasOwn(record, name)));
  if (records.length * names.length > Math.max(length, sparseCells))
    throw new RequestError(413, `found ${records.length} records that have few of the model's inputs: send fewer`);
  const cells = records.map((record, row) =>
    names.map((name) => (Object.hasOwn(record, name) ? cellOf(record[name], row, name) : null)),
  );
  return { names, cells };
}

function rowOf(item: unknown, row: number): Cell[] {
  if (!Array.isArray(item)) throw badRequest(`row ${row + 1}: found ${nameOf(item)}, expected an array of values`);
  // Most rows are ready as they are.
  return item.every(isFit) ? item : item.map((value: unknown, column) => cellOf(value, row, column));
}

/** `column` by its name, or its place. @throws RequestError (400) saying where the value stands that is none */
function cellOf(value: unknown, row: number | undefined, column: string | number): Cell {
  if (isFit(value)) return value;
  const at = row === undefined ? '' : `row ${row + 1}, `;
  const where = typeof column === 'string' ? `${at}"${column}"` : `${at}column ${column + 1}`;
  throw badRequest(`${where}: found ${nameOf(value)}, expected a number, a text or null`);
}

/** A number too large for a double (`1e999`) is none that a model could answer. */
function isFit(value: unknown): value is Cell {
  return typeof value === 'number' ? Number.isFinite(value) : isCell(value);
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

/** JSON as it is sent here: NaN, as Python writes it, is null. @throws RequestError (400, 413) */
export function parseJson(text: string, what = 'the body'): unknown {
  return parsedQuickly(text) ?? parsedCarefully(text, what);
}

/** A text of no more signs has no more values than a request may hold, and costs little that has to be read again. */
const quickLength = 1 << 20;

/**
 * Most bodies need no look at each sign: they are JSON, are not deep, and have as many names as colons, so that none
 * stands twice. Undefined for all others, among them those with a colon in a text.
 */
function parsedQuickly(text: string): object | undefined {
  if (text.length > quickLength) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return namesIn(value, deepest) === colonsIn(text) ? value : undefined;
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}

function parsedCarefully(text: string, what: string): unknown {
  const { text: mended, depth, values, names } = scanJson(text, ['NaN']);
  if (depth > deepest) throw badRequest(`${what}: found arrays and objects ${depth} deep, expected at most ${deepest}`);
  checkSize({ cells: values });
  let value: unknown;
  try {
    value = JSON.parse(mended);
  } catch (error) {
    throw badRequest(`${what} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && namesIn(value, deepest) !== names)
    throw badRequest(`${what}: found a name twice in one object, expected it once`);
  return value;
}

/** Names of all objects in a value; NaN for one that is deeper than `most`. */
function namesIn(value: object, most: number): number {
  if (most === 0) return NaN;
  let names = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) names += namesIn(item as object, most - 1);
    return names;
  }
  for (const name in value) {
    names += 1;
    const item = (value as Record<string, unknown>)[name];
    if (typeof item === 'object' && item !== null) names += namesIn(item, most - 1);
  }
  return names;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number that is too large';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : shown(value);
}
