import type { Expectation } from '../../project/parts/expect-schema.js';
import type { Feed } from '../../project/live/feed-schema.js';
import { toldValue } from '../files/told-value.js';
import { atPath } from './at-path.js';
import { unfitBecause, type Cell } from './fits.js';

/** An answer of a feed as rows of a table. */
export interface Snapshot {
  /** Of which moment it is, in seconds since 1970. */
  at: number;
  columns: string[];
  rows: Cell[][];
  /** Rows that are set aside, each with the reason. */
  unfit: { row: unknown; why: string }[];
}
/** What cannot be taken as a whole, in words. */
export interface NoSnapshot {
  problem: string;
}

/** More rows than any city has places; what has more is no state but a log. */
const mostRows = 200_000;
/** So much of an answer may be unfit before none of it is believed. */
const mostUnfit = 0.2;

/**
 * The rows of an answer, each held against what its columns are to hold. Rows of one name that stand twice are set aside:
 * which one is right is not ours to guess.
 * @param hidden columns (names or `*` patterns) of which no value is told
 */
export function readSnapshot(
  bytes: Uint8Array,
  feed: Feed,
  { expect = {}, hidden = [] }: { expect?: Record<string, Expectation>; hidden?: readonly string[] } = {},
): Snapshot | NoSnapshot {
  const answer = parsed(bytes);
  if (answer === undefined) return { problem: 'found no JSON, expected a JSON document in UTF-8' };
  const at = momentOf(atPath(answer.value, feed.time.path));
  if (at === undefined)
    return { problem: `found no moment at ${feed.time.path}, expected seconds since 1970 or an ISO 8601 time` };
  const given = atPath(answer.value, feed.rows);
  if (!Array.isArray(given)) return { problem: `found no list at ${feed.rows}, expected the rows` };
  if (given.length < feed.least || given.length > mostRows)
    return { problem: `found ${given.length} rows, expected ${feed.least} to ${mostRows}` };

  const names = Object.keys(feed.columns);
  const idAt = names.indexOf(feed.id);
  const read = given.map((row: unknown) => ({ row, cells: names.map((name) => cellOf(row, feed.columns[name]!)) }));
  const times = new Map<Cell, number>();
  for (const { cells } of read) times.set(cells[idAt]!, (times.get(cells[idAt]!) ?? 0) + 1);
  const rows: Cell[][] = [];
  const unfit: Snapshot['unfit'] = [];
  for (const { row, cells } of read) {
    const id = cells[idAt]!;
    const why =
      id === null
        ? `found no ${feed.id}`
        : times.get(id)! > 1
          ? `${feed.id} stands twice`
          : whyOf(names, cells, expect, hidden);
    if (why === undefined) rows.push([at, ...cells]);
    else unfit.push({ row, why });
  }
  if (unfit.length > mostUnfit * given.length)
    return { problem: `${unfit.length} of ${given.length} rows do not fit, the first: ${unfit[0]!.why}` };
  return { at, columns: [feed.time.column, ...names], rows, unfit };
}

function parsed(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** Larger numbers are milliseconds: as seconds they would lie after the year 5000. */
const largestSeconds = 1e11;

function momentOf(value: unknown): number | undefined {
  if (typeof value === 'number' && value > 0 && value < largestSeconds * 1000)
    return Math.floor(value < largestSeconds ? value : value / 1000);
  // Without its zone a time could be any of a day.
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const time = Date.parse(value);
  return time > 0 ? Math.floor(time / 1000) : undefined;
}

function cellOf(row: unknown, places: string | string[]): Cell {
  for (const place of [places].flat()) {
    const value = atPath(row, place);
    if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as Cell;
  }
  return null;
}

function whyOf(
  names: string[],
  cells: Cell[],
  expect: Record<string, Expectation>,
  hidden: readonly string[],
): string | undefined {
  for (const [index, name] of names.entries()) {
    const why = expect[name] && unfitBecause(cells[index]!, expect[name], toldValue(name, cells[index], hidden));
    if (why !== undefined) return `${name}: ${why}`;
  }
  return undefined;
}

/** The rows as CSV, a header line first. */
export function snapshotCsv({ columns, rows }: Pick<Snapshot, 'columns' | 'rows'>): string {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => csvCell(cell)).join(','));
  return `${lines.join('\n')}\n`;
}

const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  const text = String(cell);
  return typeof cell === 'string' && (text === '' || /[",\r\n]|^\s|\s$/.test(text))
    ? `"${text.replaceAll('"', '""')}"`
    : text;
};
