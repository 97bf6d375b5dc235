import { nearest } from '../../../common/nearest.js';
import type { Session } from '../session.js';
import type { ErrorPlace } from './error-place.js';
import { tokensOf } from '../../sql/tokens.js';

/** The name that a misspelt one was probably meant to be: of a function before a parenthesis, else of a table, a column or a CTE. */
export async function instead(session: Session, sql: string, { from, to }: ErrorPlace): Promise<string | undefined> {
  const word = sql.slice(from, to);
  if (!/^\p{L}[\w$]*$/u.test(word)) return undefined;
  const isFunction = /^\s*\(/.test(sql.slice(to));
  const named = isFunction
    ? 'SELECT DISTINCT function_name AS name FROM duckdb_functions()'
    : `SELECT column_name AS name FROM duckdb_columns() WHERE NOT internal
       UNION SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal`;
  const known = (await session.rows(named)).map(({ name }) => String(name));
  const written = isFunction
    ? []
    : tokensOf(sql)
        .filter(({ kind, at }) => kind === 'word' && at !== from)
        .map(({ text }) => text);
  // A name that the statement makes itself, such as a CTE, stands in it a second time.
  const made = written.filter(
    (name, index) => name !== word && /^[a-z_]/.test(name) && written.indexOf(name) !== index,
  );
  const others = [...made, ...known].filter((name) => name !== word);
  return nearest(word, others);
}
