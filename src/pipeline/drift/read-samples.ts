import type { SampleColumn, SampleTable } from '../../data/samples/sample-table.js';
import { sortNumbers } from '../../common/sort-numbers.js';
import { chunkSizeOf } from '../../drift/profiles/nannyml.js';
import type { CategorySample, NumericSample, Sample } from '../../drift/sample.js';
import { inOneSpelling } from '../../drift/truth-values.js';

/** So many bytes of two tables' columns are read at once: fewer queries where tables are small. */
const bytesAtOnce = 64 * 2 ** 20;
const columnsAtOnce = 8;
/** More distinct values than this are no categories. */
const mostCategories = 1_000_000;

/** Why a column's values cannot be counted. */
export interface Uncountable {
  kind: 'uncountable';
  distinct: number;
  missing: number;
}

export interface Cut {
  /** NannyML looks at chunks of rows. */
  chunked: boolean;
  chunkSize?: number;
}

export const isNumeric = ({ kind }: SampleColumn): boolean => kind === 'integer' || kind === 'float';
export const isCountable = ({ kind }: SampleColumn): boolean => ['boolean', 'text', 'category'].includes(kind);

export interface ColumnPair {
  before: SampleColumn;
  after: SampleColumn;
}

/**
 * Reads columns of numbers of two tables, several at a time, and hands over each with its sorted values. These lie in
 * memory that the next columns are read into: they are good until the next step.
 */
export async function* numericSamples(
  tables: { reference: SampleTable; current: SampleTable },
  pairs: readonly ColumnPair[],
  { chunked }: Cut,
): AsyncGenerator<[ColumnPair, NumericSample, NumericSample]> {
  const { reference, current } = tables;
  const perColumn = 8 * (reference.rows + current.rows);
  const many = Math.max(1, Math.min(columnsAtOnce, pairs.length, Math.floor(bytesAtOnce / Math.max(1, perColumn))));
  const room = (rows: number, count: number) => Array.from({ length: count }, () => new Float64Array(rows));
  const [before, after] = [room(reference.rows, many), room(current.rows, many)];
  const scratch = new Float64Array(Math.max(reference.rows, current.rows));
  for (let first = 0; first < pairs.length; first += many) {
    const batch = pairs.slice(first, first + many);
    const names = batch.map((pair) => pair.before.name);
    await bothDone(
      reference.numbers(names, before.slice(0, batch.length)),
      current.numbers(names, after.slice(0, batch.length)),
    );
    for (const [at, pair] of batch.entries()) {
      yield [
        pair,
        numericSample(pair.before, before[at]!, scratch, chunked),
        numericSample(pair.after, after[at]!, scratch, chunked),
      ];
    }
  }
}

/** Waits for both even if one fails, for no query may run on when its session is closed. */
async function bothDone(...reads: Promise<void>[]): Promise<void> {
  for (const read of await Promise.allSettled(reads)) if (read.status === 'rejected') throw read.reason;
}

/** Sorts the finite values to the front of `rows`, or of a copy where the order of rows is still needed. */
function numericSample(
  column: SampleColumn,
  rows: Float64Array,
  scratch: Float64Array,
  chunked: boolean,
): NumericSample {
  const values = chunked ? rows.slice() : rows;
  let [present, missing] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!;
    if (value - value === 0) {
      values[present] = value;
      present += 1;
    } else if (Number.isNaN(value)) missing += 1;
  }
  return {
    kind: 'numeric',
    values: sortNumbers(values.subarray(0, present), scratch),
    ...(chunked ? { rows } : {}),
    missing,
    infinite: rows.length - present - missing,
    integer: column.kind === 'integer' && missing === 0,
  };
}

/** A column of categories of two tables. */
export async function categorySamples(
  { reference, current }: { reference: SampleTable; current: SampleTable },
  { before, after }: ColumnPair,
  { chunked, chunkSize }: Cut,
): Promise<[CategorySample | Uncountable, CategorySample | Uncountable]> {
  const size = chunked ? chunkSizeOf(reference.rows, chunkSize) : undefined;
  const [one, other] = [await categorySample(reference, before, size), await categorySample(current, after, chunkSize)];
  return one.kind === 'category' && other.kind === 'category' ? inOneSpelling(one, other) : [one, other];
}

async function categorySample(
  table: SampleTable,
  { name, kind }: SampleColumn,
  chunk: number | undefined,
): Promise<CategorySample | Uncountable> {
  if (table.rows > mostCategories) {
    const { distinct, missing } = await table.distinct(name);
    if (distinct > mostCategories) return { kind: 'uncountable', distinct, missing };
  }
  const chunks = await table.counts(name, chunk === 0 ? undefined : chunk);
  const counts = new Map<string, number>();
  let missing = 0;
  for (const part of chunks) {
    missing += part.missing;
    for (const [value, count] of part.counts) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return { kind: 'category', counts, chunks: chunks.map((part) => part.counts), missing, text: kind === 'text' };
}

/** A column of either kind, alone: where the two tables disagree about it. */
export async function oneSample(table: SampleTable, column: SampleColumn): Promise<Sample | Uncountable> {
  if (!isNumeric(column)) return categorySample(table, column, undefined);
  const values = new Float64Array(table.rows);
  await table.numbers([column.name], [values]);
  return numericSample(column, values, new Float64Array(0), false);
}
