import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import type { Session } from '../duckdb/session.js';
import { literals } from '../duckdb/sql.js';

/** A SELECT over JSON files of objects, in a list or one a line; types are those of all of them. */
export const jsonRows = (paths: readonly string[], format: 'json' | 'jsonl'): string => {
  const lines = format === 'jsonl' ? `format = 'newline_delimited', ` : '';
  return `SELECT * FROM read_json(${literals(paths)}, ${lines}union_by_name = true, sample_size = -1, ${objectSize(paths)})`;
};

/** DuckDB sets aside twice the largest object that it may meet, so it is told of none that the files cannot hold. */
function objectSize(paths: readonly string[]): string {
  const size = (path: string) =>
    path.endsWith('.gz') ? largestObject : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  const bytes = Math.min(largestObject, Math.max(usualObject, ...paths.map(size)));
  return `maximum_object_size = ${bytes}`;
}

const usualObject = 16_777_216;
const largestObject = 268_435_456;

const nested = /^(STRUCT|MAP|JSON)|\[\]$/;
const listed = /\[\]$|^JSON$/;

/**
 * pandas writes a table column by column unless it is told otherwise: that reads as one row of objects.
 * @throws WrongInput naming what it looks like and how to write it
 */
export async function refuseColumnsAsObjects(session: Session, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const select = jsonRows([path], 'json');
    const columns = await session.describe(select);
    const wrong = (found: string) =>
      new WrongInput({
        file: basename(path),
        found,
        expected: 'a list of objects, as pandas writes it with to_json(orient="records")',
      });
    if (columns.length === 1 && columns[0]!.name === 'json' && listed.test(columns[0]!.type))
      throw wrong('rows without names');
    if (columns.length === 0 || !columns.every(({ type }) => nested.test(type))) {
      const split = columns.some(({ name, type }) => name === 'data' && listed.test(type));
      if (!split || !columns.some(({ name }) => /^(columns|schema)$/.test(name))) continue;
    }
    const [counted] = await session.rows(`SELECT count(*) AS n FROM (SELECT 1 FROM (${select}) LIMIT 2)`);
    if (counted?.n === 1) throw wrong('one object that holds the whole table, column by column');
  }
}

/**
 * DuckDB renames the second of two keys that only case tells apart: `a` beside `A` becomes `a_1`.
 * @throws WrongInput for such keys in a file, or in two files
 */
export async function refuseSameNames(
  session: Session,
  paths: readonly string[],
  format: 'json' | 'jsonl',
): Promise<void> {
  const names = (await session.describe(jsonRows(paths, format))).map(({ name }) => name.toLowerCase());
  // Only where a name looks made is it worth to read every key.
  if (!names.some((name) => names.includes(name.replace(/_\d+$/, '')) && /_\d+$/.test(name))) return;
  const lines = format === 'jsonl' ? `, format = 'newline_delimited'` : '';
  const objects = `read_json_objects(${literals(paths)}${lines}, ${objectSize(paths)})`;
  const [twice] = await session.rows(`SELECT max(name) AS name FROM (
    SELECT DISTINCT unnest(json_keys(json)) AS name FROM ${objects}) GROUP BY lower(name) HAVING count(*) > 1 LIMIT 1`);
  if (twice === undefined) return;
  const file = paths.map((path) => basename(path)).join(', ');
  throw new WrongInput({ file, found: `column ${String(twice.name)} twice`, expected: 'every column once' });
}
