import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { BrokenError, CancelledError } from '../../common/errors.js';
import { type Columns, readColumns } from '../columns.js';
import { loadDuckDB } from './library.js';
import { identifier, literal, literals } from './sql.js';
import { type Cell, cellOf } from '../cells.js';

export type Row = Record<string, Cell>;
export type Parameters = (string | number | boolean | null)[];

export interface SessionOptions {
  /** The only folders that SQL can read or write; the first also takes DuckDB's own overflow. */
  folders: string[];
  /** DuckDB's size words: `512MB`, `1GB`. Beyond it, work overflows to disk. */
  memoryLimit?: string;
  threads?: number;
  /** Interrupts what runs; every later call throws CancelledError. */
  signal?: AbortSignal;
  /** Off where the order of rows means nothing: writing is then faster and needs less memory. Default on. */
  keepOrder?: boolean;
}

export interface Session {
  /** Runs statements of the engine's own; results are dropped. Throws DuckDB's error as it is. */
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** Few rows, for people and decisions: numbers, texts (dates and times too), booleans and null. */
  rows(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** Many rows of a SELECT as typed arrays, in the order of the SELECT: see `Columns`. */
  columns(sql: string, options?: { text?: string[]; parameters?: Parameters }): Promise<Columns>;
  /** Names and DuckDB types of a SELECT's columns, without running it. */
  describe(sql: string): Promise<{ name: string; type: string }[]>;
  /** A folder that it may read, for what lasts as long as it does. */
  readonly temporary: string;
  /** For work that needs the statements one by one. */
  readonly connection: DuckDBConnection;
  /** A further connection, for a query side by side with others; the session closes it. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/**
 * Opens an in-memory DuckDB that is closed in before any other SQL runs: files only below `folders`, no network, no
 * extensions beyond those built in, and no way to change that. Users' SQL runs in such a session too.
 * Always `close` it; `withSession` does.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { signal, keepOrder = true } = options;
  const folders = options.folders.map((folder) => resolve(folder));
  const [first] = folders;
  if (first === undefined) throw new BrokenError('a DuckDB session needs a folder to work in');
  if (signal?.aborted) throw new CancelledError();

  const overflow = mkdtempSync(join(first, 'duckdb-'));
  const { DuckDBInstance } = await loadDuckDB();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const connections = [connection];

  /** Runs one piece of work; what ends after a cancellation was cancelled. */
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (signal?.aborted) throw new CancelledError();
    let again: NodeJS.Timeout | undefined;
    // DuckDB forgets an interruption that comes before a query has begun, so it is told until the work ends.
    const interrupt = () => {
      connection.interrupt();
      again = setInterval(() => connection.interrupt(), 20);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      const result = await work();
      if (signal?.aborted) throw new CancelledError();
      return result;
    } catch (error) {
      if (signal?.aborted && !(error instanceof CancelledError))
        throw new CancelledError('cancelled', { cause: error });
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(again);
    }
  };

  const close = () => {
    for (const one of connections) one.closeSync();
    instance.closeSync();
    rmSync(overflow, { recursive: true, force: true });
  };

  try {
    await connection.run(
      [
        `SET temp_directory = ${literal(overflow)}`,
        ...(options.memoryLimit === undefined ? [] : [`SET memory_limit = ${literal(options.memoryLimit)}`]),
        ...(options.threads === undefined ? [] : [`SET threads = ${options.threads}`]),
        `SET preserve_insertion_order = ${keepOrder}`,
        // Times mean UTC wherever the machine stands.
        `SET TimeZone = 'UTC'`,
        `SET allowed_directories = ${literals(folders.map((folder) => join(folder, '/')))}`,
        'SET autoinstall_known_extensions = false',
        'SET autoload_known_extensions = false',
        'SET enable_external_access = false',
        'SET lock_configuration = true',
      ].join(';\n'),
    );
  } catch (error) {
    close();
    throw error;
  }

  return {
    connection,
    temporary: overflow,
    connect: async () => {
      const further = await instance.connect();
      connections.push(further);
      return further;
    },
    close,
    run: (sql, parameters) => guarded(async () => void (await connection.run(sql, parameters))),
    rows: (sql, parameters) =>
      guarded(async () => {
        const reader = await connection.runAndReadAll(sql, parameters);
        return reader
          .getRowObjects()
          .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
      }),
    columns: (sql, { text = [], parameters } = {}) =>
      guarded(() => readColumns(connection, sql, text, parameters, signal)),
    describe: (sql) =>
      guarded(async () => {
        const reader = await connection.runAndReadAll(`DESCRIBE (${sql})`);
        return reader.getRowObjects().map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
      }),
  };
}

/** Opens a session for one piece of work and closes it whatever happens. */
export async function withSession<Result>(
  options: SessionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openSession(options);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

/** Makes `SELECT * FROM relation` known as `name`. */
export const viewOf = (session: Session, name: string, relation: string): Promise<void> =>
  session.run(`CREATE OR REPLACE VIEW ${identifier(name)} AS SELECT * FROM ${relation}`);
