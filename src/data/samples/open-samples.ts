import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import { isNumbersBut, numberIn } from '../files/column-types.js';
import { saidTable, type TableReading } from '../said-table.js';
import { openSession, type Session } from '../duckdb/session.js';
import { identifier, literal, parquetFiles } from '../duckdb/sql.js';
import { formatOf } from '../table-formats.js';
import { readable } from '../tables.js';
import { sampleTable } from './read-sample.js';
import type { SampleTable } from './sample-table.js';

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
