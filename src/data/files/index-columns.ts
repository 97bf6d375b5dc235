import type { Session } from '../duckdb/session.js';
import { type DelimitedFile, namesOf, numbered } from './read-csv.js';

/** What pandas calls the numbers of rows when it writes an index that nobody named to Parquet. */
export const isUnnamedIndex = (name: string): boolean => /^__index_level_\d+__$/.test(name);

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
