import * as z from 'zod';
import type { CaptureRecord } from './capture-record.js';
import { jsonValues, sideText } from './captured-text.js';

/** One side of a captured exchange, as far as reading it goes. Source: "Capture data from real-time endpoint". */
const side = z.looseObject({
  observedContentType: z.string().optional(),
  data: z.string(),
  encoding: z.enum(['CSV', 'JSON', 'BASE64']),
});
const recordSchema = z.looseObject({
  captureData: z.looseObject({ endpointInput: side }),
  eventMetadata: z.looseObject({ eventId: z.string(), inferenceTime: z.string().optional() }),
});

export type Cell = number | string | boolean | null;
/** One row that an endpoint was asked about, by column; columns without a name are `c0`, `c1`, … */
export type CapturedRow = Record<string, Cell>;

/** The rows of one captured line with the id and time of the request; undefined when it cannot be read. */
export function capturedInputs(line: string): { id: string; at: string; rows: CapturedRow[] } | undefined {
  try {
    const record = recordSchema.parse(JSON.parse(line));
    const rows = inputsOf(record);
    const { eventId, inferenceTime = '' } = record.eventMetadata;
    return rows && { id: eventId, at: inferenceTime, rows };
  } catch {
    return undefined;
  }
}

/** The rows that a captured record was asked about; undefined when they cannot be read, or were not captured. */
export function inputsOf({ captureData: { endpointInput } }: CaptureRecord): CapturedRow[] | undefined {
  if (endpointInput === undefined) return undefined;
  const { encoding, observedContentType = '' } = endpointInput;
  const text = sideText(endpointInput);
  const json = encoding === 'JSON' || (encoding === 'BASE64' && /json/i.test(observedContentType));
  return json ? jsonValues(text)?.flatMap(jsonRows) : csvRows(text);
}

function csvRows(text: string): CapturedRow[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => listRow(cellsOf(line)));
}

/** A cell in quotes is a text, and may hold commas. */
function cellsOf(line: string): Cell[] {
  const cells = [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)];
  return cells.map(([, quoted, plainText = '']) => quoted?.replaceAll('""', '"') ?? cellOf(plainText));
}

function cellOf(text: string): Cell {
  const trimmed = text.trim();
  if (trimmed === '' || /^(nan|null|na)$/i.test(trimmed)) return null;
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** A list of rows, one row, or an object that holds either under one of the usual names. */
function jsonRows(value: unknown): CapturedRow[] {
  if (Array.isArray(value)) {
    const rows = value.every((one) => typeof one === 'object' && one !== null) ? value : [value];
    return rows.map((row: unknown) => (Array.isArray(row) ? listRow(row.map(plain)) : objectRow(row as object)));
  }
  const holder = value as Record<string, unknown>;
  const held = ['instances', 'features', 'inputs', 'data'].map((key) => holder[key]).find(Array.isArray);
  return held === undefined ? [objectRow(holder)] : jsonRows(held);
}

function listRow(cells: Cell[]): CapturedRow {
  return Object.fromEntries(cells.map((cell, index) => [`c${index}`, cell]));
}

function objectRow(row: object): CapturedRow {
  const { features } = row as { features?: unknown };
  if (Array.isArray(features)) return listRow(features.map(plain));
  if (typeof features === 'object' && features !== null) return objectRow(features);
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plain(cell)]));
}

function plain(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell;
  return JSON.stringify(cell);
}
