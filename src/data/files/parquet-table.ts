import { basename } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import type { Session } from '../duckdb/session.js';
import { identifier, literals, parquetFiles } from '../duckdb/sql.js';
import { isUnnamedIndex, namedIndexesOf } from './index-columns.js';

export interface ParquetTable {
  /** A SELECT of the rows without the numbers that pandas gave them. */
  select: string;
  /** Columns that were left out. */
  indexes: string[];
  /** Columns that are the index, under a name that somebody gave it. */
  namedIndexes: string[];
}

/**
 * Parquet files as one table. The index that pandas wrote beside the columns is none of them: it numbers rows, and a
 * model that learns from it learns the order of the file.
 * @throws WrongInput for two columns of one name, or of names that only case tells apart
 */
export async function parquetTable(session: Session, paths: readonly string[]): Promise<ParquetTable> {
  const columns = await topColumns(session, paths);
  for (const path of paths) {
    const seen = new Set<string>();
    for (const name of columns.get(path) ?? []) {
      if (seen.has(name.toLowerCase()))
        throw new WrongInput({ file: basename(path), found: `column ${name} twice`, expected: 'every column once' });
      seen.add(name.toLowerCase());
    }
  }
  const indexes = [...new Set([...columns.values()].flat())].filter(isUnnamedIndex);
  const left = indexes.length === 0 ? '' : ` EXCLUDE (${indexes.map(identifier).join(', ')})`;
  const namedIndexes = [...(await namedIndexesOf(session, paths))];
  return { select: `SELECT *${left} FROM ${parquetFiles(paths)}`, indexes, namedIndexes };
}

/** The names of each file's columns, as they stand in its footer: DuckDB renames the second of two. */
async function topColumns(session: Session, paths: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await session.rows(
    `SELECT file_name, name, coalesce(num_children, 0) AS children FROM parquet_schema(${literals(paths)})`,
  );
  const columns = new Map<string, string[]>();
  // The schema is a tree written depth first; its root holds the columns.
  let [file, inside] = ['', [] as number[]];
  for (const { file_name, name, children } of rows) {
    if (String(file_name) !== file) {
      [file, inside] = [String(file_name), [Number(children)]];
      columns.set(file, []);
      continue;
    }
    if (inside.length === 1) columns.get(file)!.push(String(name));
    inside[inside.length - 1]! -= 1;
    if (Number(children) > 0) inside.push(Number(children));
    while (inside.length > 1 && inside.at(-1) === 0) inside.pop();
  }
  return columns;
}
