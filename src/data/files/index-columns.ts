import * as z from 'zod';
import type { Session } from '../duckdb/session.js';
import { literals } from '../duckdb/sql.js';
import { type DelimitedFile, namesOf, numbered } from './read-csv.js';

/** What pandas calls the numbers of rows when it writes an index that nobody named to Parquet. */
export const isUnnamedIndex = (name: string): boolean => /^__index_level_\d+__$/.test(name);

/** Said once where such a column is left out. */
export const leftOutIndex = (name: string): string =>
  `column ${name} numbers the rows, as pandas wrote them; it is left out`;

/**
 * The columns of Parquet files that are an index with a name of its own: what stands in them may be wanted, as what
 * names a row or as its time, but it is no measurement. pandas says so in the footer, as JSON under the key `pandas`.
 */
export async function namedIndexesOf(session: Session, paths: readonly string[]): Promise<Set<string>> {
  const rows = await session.rows(
    `SELECT decode(value) AS text FROM parquet_kv_metadata(${literals(paths)}) WHERE decode(key) = 'pandas'`,
  );
  const names = rows.flatMap(({ text }) => footerSchema.safeParse(jsonOf(String(text))).data?.index_columns ?? []);
  // An index of running numbers is an object that describes it, and stands in no column.
  return new Set(names.filter((name) => typeof name === 'string').filter((name) => !isUnnamedIndex(name)));
}

const footerSchema = z.object({ index_columns: z.array(z.unknown()) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The name of the first column where it is the index that pandas writes to delimited text: it has no name, and counts
 * the rows of each file from 0. A filtered table's index has gaps, and cannot be told from a column of numbers.
 */
export async function unnamedIndexOf(session: Session, files: readonly DelimitedFile[]): Promise<string | undefined> {
  const [name, ...others] = new Set(files.map(({ layout }) => namesOf(layout)[0]!));
  const mayBe = files.every(({ layout }) => layout.columns[0] === '' && layout.columns.length > 1);
  if (name === undefined || others.length > 0 || !mayBe) return undefined;
  for (const file of files) {
    const [row] = await session.rows(
      `SELECT bool_and(value IS NOT DISTINCT FROM (row - 1)::VARCHAR) AS counts FROM (${numbered(file, name)})`,
    );
    if (row?.counts !== true) return undefined;
  }
  return name;
}
