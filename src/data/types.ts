import { InputError } from '../common/errors.js';
import { declaredValue, writtenAs } from './files/declared-types.js';
import type { Session } from './duckdb/session.js';

/** Whether a name or `*` pattern of `mlops.json` means this column; case does not matter, as in SQL. */
export function matchesPattern(pattern: string, column: string): boolean {
  const expression = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`, 'is').test(column);
}

/**
 * A column's type from its name alone, never from what a file happens to hold: the first pattern that matches, else
 * text. So a column that is empty or absent in one file has the same type there as everywhere.
 */
export function typeOf(column: string, types: Record<string, string>): string {
  const match = Object.entries(types).find(([pattern]) => matchesPattern(pattern, column));
  return match?.[1] ?? 'VARCHAR';
}

/** Throws InputError for a type that DuckDB does not know, naming the source and the pattern it was declared for. */
export async function checkTypes(session: Session, source: string, types: Record<string, string>): Promise<void> {
  for (const [pattern, type] of Object.entries(types)) {
    const known = await (writtenAs(type) === undefined ? castWorks(session, type) : formatWorks(session, type));
    if (!known) {
      throw new InputError(
        `sources.${source}.types: found "${type}" for ${pattern}, expected a DuckDB type such as bigint, or date %d/%m/%y`,
      );
    }
  }
}

const castWorks = async (session: Session, type: string): Promise<boolean> =>
  /^[a-z][a-z0-9_ (),]*$/i.test(type) && (await runs(session, `SELECT CAST(NULL AS ${type})`));

const formatWorks = (session: Session, type: string): Promise<boolean> =>
  runs(session, `SELECT ${declaredValue("'x'", type)}`);

const runs = (session: Session, sql: string): Promise<boolean> =>
  session.run(sql).then(
    () => true,
    () => false,
  );

const numericTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;

/** Whether a DuckDB type is a number for statistics and models; booleans are 0 and 1. */
export const isNumeric = (type: string): boolean => numericTypes.test(type);
