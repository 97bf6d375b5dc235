import { badRequest } from '../request-error.js';
import type { Cell, Decoded } from './rows.js';

/**
 * JSON bodies: a raw array (of rows, of numbers for one row, of records), or the same under `features`;
 * `{"features": {name: value, …}}` is one record. NaN, as Python writes it, is a missing value like null.
 * @throws RequestError (400)
 */
export function decodeJson(text: string): Decoded {
  const body = parse(text);
  if (Array.isArray(body)) return { form: 'rows', rows: rowsOf(body) };
  if (!isRecord(body) || body.features === undefined) throw badRequest('Missing "features" in request body');
  const { features } = body;
  if (Array.isArray(features)) return { form: 'rows', rows: rowsOf(features) };
  if (isRecord(features)) return { form: 'record', features };
  throw badRequest(`"features": found ${nameOf(features)}, expected an array of rows or an object of features`);
}

/**
 * JSON lines: one row a line, an array or a record, either also under `features`. Empty lines are passed over.
 * @throws RequestError (400) naming the line
 */
export function decodeJsonLines(text: string): Decoded {
  const items = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [itemOf(line, index + 1)]));
  return { form: 'rows', rows: rowsOf(items) };
}

function itemOf(line: string, number: number): unknown {
  const item = parse(line, `line ${number}`);
  const row = isRecord(item) && item.features !== undefined ? item.features : item;
  if (Array.isArray(row) || isRecord(row)) return row;
  throw badRequest(`line ${number}: found ${nameOf(row)}, expected an array or an object`);
}

/** One record as rows of one. */
export function rowsOfRecord(features: Record<string, unknown>) {
  const names = Object.keys(features);
  return { names, cells: [names.map((name) => cellOf(features[name], `"${name}"`))] };
}

function rowsOf(items: unknown[]): { names?: string[]; cells: Cell[][] } {
  if (items.some(isRecord)) return rowsOfRecords(items);
  if (items.some(Array.isArray)) return { cells: items.map((item, index) => rowOf(item, index)) };
  return { cells: items.length === 0 ? [] : [rowOf(items, 0)] };
}

function rowsOfRecords(items: unknown[]) {
  const records = items.map((item, index) => {
    if (isRecord(item)) return item;
    throw badRequest(`row ${index + 1}: found ${nameOf(item)}, expected an object as in the other rows`);
  });
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cells = records.map((record, row) =>
    names.map((name) => cellOf(record[name] ?? null, `row ${row + 1}, "${name}"`)),
  );
  return { names, cells };
}

function rowOf(item: unknown, row: number): Cell[] {
  if (!Array.isArray(item)) throw badRequest(`row ${row + 1}: found ${nameOf(item)}, expected an array of values`);
  return item.map((value: unknown, column) => cellOf(value, `row ${row + 1}, column ${column + 1}`));
}

function cellOf(value: unknown, where: string): Cell {
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return value as Cell;
  throw badRequest(`${where}: found ${nameOf(value)}, expected a number, a text or null`);
}

function parse(text: string, what = 'the body'): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return parseWithNaN(text, what, error as Error);
  }
}

/** Python's json module writes NaN bare; outside of strings it is read as null. */
function parseWithNaN(text: string, what: string, first: Error): unknown {
  if (text.includes('NaN')) {
    const nulls = text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b/g, (found) => (found === 'NaN' ? 'null' : found));
    try {
      return JSON.parse(nulls);
    } catch {
      // The first message is about the text as it came.
    }
  }
  throw badRequest(`${what} is not JSON: ${first.message}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
