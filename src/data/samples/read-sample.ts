import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { CancelledError } from '../../common/errors.js';
import { longNumbers } from '../long-numbers.js';
import type { TableReading } from '../said-table.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import { formatOf } from '../table-formats.js';
import { readable } from '../tables.js';
import type { SampleKind, SampleTable, ValueCounts } from './sample-table.js';

/** The columns of a relation, each brought when it is asked for; `path`: the file that the rows came from. */
export async function sampleTable(
  session: Session,
  path: string,
  relation: string,
  { format, signal }: TableReading & { signal?: AbortSignal },
): Promise<SampleTable> {
  const kind = format ?? formatOf(path);
  const described = await readable([path], () => session.describe(`SELECT * FROM ${relation}`));
  const [first] = await readable([path], () => session.rows(`SELECT count(*) AS n FROM ${relation}`));
  const rows = Number(first?.n);
  const long = await readable([path], () => longNumbers(session, relation, described));
  // Two tables are read at the same time.
  const connection = await session.connect();
  return {
    name: basename(path),
    rows,
    columns: described.map(({ name, type }) => ({ name, type, kind: long.has(name) ? 'text' : kindOf(type) })),
    numbers: (names, into) => readable([path], () => readNumbers(connection, relation, names, into, signal)),
    delimited: kind === 'csv' || kind === 'tsv',
    distinct: async (name) => {
      const value = `${identifier(name)}::VARCHAR`;
      const [row] = await session.rows(
        `SELECT count(DISTINCT ${value}) AS n, count(*) - count(${value}) AS missing FROM ${relation}`,
      );
      return { distinct: Number(row?.n), missing: Number(row?.missing) };
    },
    ends: (name) => readEnds(session, relation, name),
    numberLike: async (name) => {
      const value = `try_cast(${identifier(name)}::VARCHAR AS DOUBLE)`;
      const [row] = await session.rows(
        `SELECT count(${identifier(name)}) AS present, count(${value}) AS numbers,
         count(*) FILTER (isfinite(${value}) AND ${value} = floor(${value})) AS whole FROM ${relation}`,
      );
      return { present: Number(row?.present), numbers: Number(row?.numbers), whole: Number(row?.whole) };
    },
    counts: (name, chunk) => readable([path], () => readCounts(session, relation, name, rows, chunk)),
  };
}

function kindOf(type: string): SampleKind {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return 'integer';
  if (/^(DOUBLE|FLOAT|DECIMAL.*)$/.test(type)) return 'float';
  if (type === 'BOOLEAN') return 'boolean';
  if (type.startsWith('ENUM')) return 'category';
  if (type === 'VARCHAR' || type === 'UUID') return 'text';
  return /^(DATE|TIMESTAMP.*)$/.test(type) ? 'datetime' : 'other';
}

async function readNumbers(
  connection: DuckDBConnection,
  relation: string,
  names: readonly string[],
  into: readonly Float64Array[],
  signal: AbortSignal | undefined,
): Promise<void> {
  // Null becomes NaN in DuckDB, for asking a vector about each value's validity is slow.
  const selected = names.map((name) => `coalesce(${identifier(name)}::DOUBLE, 'NaN'::DOUBLE)`);
  const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${relation}`);
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (signal?.aborted) throw new CancelledError();
    for (const [at, values] of into.entries()) copyNumbers(chunk.getColumnVector(at), values, row);
    row += chunk.rowCount;
  }
}

/** A vector of doubles keeps them in an array of its own, which is copied whole where it is to be had. */
function copyNumbers(vector: DuckDBVector, values: Float64Array, row: number): void {
  const { items } = vector as { items?: unknown };
  if (items instanceof Float64Array) values.set(items, row);
  else for (let at = 0; at < vector.itemCount; at += 1) values[row + at] = vector.getItem(at) as number;
}

async function readEnds(session: Session, relation: string, name: string): ReturnType<SampleTable['ends']> {
  const value = identifier(name);
  const [row] = await session.rows(
    `SELECT min(value)::VARCHAR AS min, max(value)::VARCHAR AS max, count(value) AS n,
       count(*) FILTER (value < before) AS falls, count(*) FILTER (value > before) AS rises
     FROM (SELECT value, lag(value) OVER () AS before FROM (SELECT ${value} AS value FROM ${relation}) WHERE value IS NOT NULL)`,
  );
  const text = (cell: unknown) => (typeof cell === 'string' ? cell : null);
  const [falls, rises] = [Number(row?.falls), Number(row?.rises)];
  const known = Number(row?.n) > 1;
  const order = falls === 0 ? (rises === 0 ? 'constant' : 'ascending') : rises === 0 ? 'descending' : null;
  return { min: text(row?.min), max: text(row?.max), order: known ? order : null };
}

async function readCounts(
  session: Session,
  relation: string,
  name: string,
  rows: number,
  chunk: number | undefined,
): Promise<ValueCounts[]> {
  const chunks = chunk === undefined ? 1 : Math.ceil(rows / chunk);
  const place = chunk === undefined ? '0' : `(row_number() OVER () - 1) // ${chunk}`;
  const counted = await session.rows(
    `SELECT chunk, value, count(*) AS n
     FROM (SELECT ${place} AS chunk, ${identifier(name)}::VARCHAR AS value FROM ${relation}) GROUP BY ALL ORDER BY ALL`,
  );
  const result = Array.from({ length: chunks }, (): ValueCounts => ({ counts: new Map(), missing: 0 }));
  for (const { chunk: at, value, n } of counted) {
    const counts = result[Number(at)]!;
    if (value === null) counts.missing = Number(n);
    else counts.counts.set(String(value), Number(n));
  }
  return result;
}
