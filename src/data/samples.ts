import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { CancelledError, InputError } from '../common/errors.js';
import { isThere } from '../common/files.js';
import { openSession, type Session } from './session.js';
import { longNumbers } from './long-numbers.js';
import { identifier, literal, parquetFiles } from './sql.js';
import { isNumbersBut, numberIn } from './files/column-types.js';
import { saidTable, type TableReading } from './said-table.js';
import { formatOf, readable } from './tables.js';

export type SampleKind = 'integer' | 'float' | 'boolean' | 'text' | 'category' | 'datetime' | 'other';

export interface SampleColumn {
  name: string;
  kind: SampleKind;
  /** DuckDB's name of the type. */
  type: string;
}

/** How often each value stands in some rows. */
export interface ValueCounts {
  counts: Map<string, number>;
  missing: number;
}

export type ValueOrder = 'ascending' | 'descending' | 'constant';

/** A table file that is read a few columns at a time. */
export interface SampleTable {
  /** The file's name. */
  name: string;
  rows: number;
  columns: SampleColumn[];
  /** Columns of numbers, row by row; missing is NaN. `into` has room for all rows, one array a column, and is filled. */
  numbers(names: readonly string[], into: readonly Float64Array[]): Promise<void>;
  /** Whether the file is one of text, in which a type is what the values look like. */
  delimited: boolean;
  /** Distinct and missing values of a column that is none of numbers, without bringing them. */
  distinct(name: string): Promise<{ distinct: number; missing: number }>;
  /** The least and the largest value as text, and the order in which values stand in the file. */
  ends(name: string): Promise<{ min: string | null; max: string | null; order: ValueOrder | null }>;
  /** How many values there are, and how many of them read as a number and as a whole one. */
  numberLike(name: string): Promise<{ present: number; numbers: number; whole: number }>;
  /** The values of a column as text with their counts; of each `chunk` rows apart, where it is given. */
  counts(name: string, chunk?: number): Promise<ValueCounts[]>;
}

export interface SampleOptions extends TableReading {
  /** Off where the order of rows does not matter; reading is then faster. Default on. */
  keepOrder?: boolean;
  /** Columns of a delimited file that hold words, whatever they look like: "01" is not 1. */
  asWritten?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Opens table files for work that goes through them column by column. What is not Parquet is made so once, in a temporary
 * folder, so that memory holds the columns at hand and not the tables.
 * @throws InputError naming the file, and the line where it has one
 */
export async function withSampleTables<Result>(
  files: readonly string[],
  options: SampleOptions,
  work: (tables: SampleTable[]) => Promise<Result>,
): Promise<Result> {
  const paths = files.map((file) => resolve(file));
  for (const [at, path] of paths.entries()) {
    if (!(await isThere(path))) throw new InputError(`${files[at]}: found no such file, expected a table`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'mlops-samples-'));
  const { keepOrder, signal } = options;
  const folders = [folder, ...new Set(paths.map((path) => dirname(path)))];
  try {
    // DuckDB's own overflow lies in the temporary folder, not beside the user's files.
    const session = await openSession({ folders, signal, keepOrder });
    try {
      const tables: SampleTable[] = [];
      for (const [at, path] of paths.entries()) {
        const relation = await asParquet(session, path, join(folder, `${at}.parquet`), options);
        tables.push(await sampleTable(session, path, relation, options));
      }
      return await work(tables);
    } finally {
      session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A relation over the rows of a file, in Parquet by now. */
async function asParquet(session: Session, path: string, temporary: string, reading: SampleOptions): Promise<string> {
  const { asWritten = [] } = reading;
  const parquet = (reading.format ?? formatOf(path)) === 'parquet';
  const types = parquet ? {} : Object.fromEntries(asWritten.map((name) => [name, 'VARCHAR']));
  const { select, facts } = await saidTable(session, path, reading, { types, numbersBut: true });
  if (parquet) return `(${select})`;
  const worded = facts.filter((fact) => isNumbersBut(fact) && !asWritten.includes(fact.name));
  const numbers = worded.map(({ name }) => identifier(name));
  const replaced = numbers.map((name) => `${numberIn(name)} AS ${name}`).join(', ');
  const selected = numbers.length === 0 ? '*' : `* REPLACE (${replaced})`;
  await readable([path], () =>
    session.run(`COPY (SELECT ${selected} FROM (${select})) TO ${literal(temporary)} (FORMAT parquet)`),
  );
  return parquetFiles([temporary]);
}

async function sampleTable(
  session: Session,
  path: string,
  relation: string,
  { format, signal }: SampleOptions,
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
