import type { Session } from './duckdb/session.js';
import { identifier } from './duckdb/sql.js';

/** The columns of whole numbers that a double does not hold exactly: they name things, and are told apart as texts. */
export async function longNumbers(
  session: Session,
  relation: string,
  columns: readonly { name: string; type: string }[],
): Promise<Set<string>> {
  const wide = columns.filter(({ type }) => /^(U?BIGINT|U?HUGEINT|DECIMAL\(\d+,0\))$/.test(type));
  if (wide.length === 0) return new Set();
  const inexact = wide.map(({ name }, at) => {
    const value = identifier(name);
    const beyond = `${value} NOT BETWEEN -9007199254740992 AND 9007199254740992`;
    return `bool_or(${beyond} AND ${value}::DOUBLE::HUGEINT <> ${value}) AS c${at}`;
  });
  const [row] = await session.rows(`SELECT ${inexact.join(', ')} FROM ${relation}`);
  return new Set(wide.filter((_, at) => row?.[`c${at}`] === true).map(({ name }) => name));
}
