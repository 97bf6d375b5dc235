import type { Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { Column } from './column-kinds.js';

/** Rows that stand in the feature table already, as a relation that has their own names in it. */
export interface EarlierRows {
  /** As SQL. */
  relation: string;
  /** SQL over `e`: what a record of it is called in the feature table. */
  recordId: string;
}

interface Question {
  /** The rows that join, as SQL. */
  relation: string;
  earlier: readonly EarlierRows[];
  /** Columns in which one row is as the other: all that it is described by, without what it is called and its label. */
  described: readonly Column[];
  entity: Column;
  target: string;
  /** The rows have no names but their places. */
  numbered: boolean;
}

/** Where fewer rows than this share are unlike all others, being alike says nothing of being the same. */
const tellingShare = 0.99;

/**
 * Which rows of a file that joins came before, as a file that grows has them: those of the same thing with the same
 * values. Rows without names are known by their values where these tell them apart; else a file has grown where every row
 * of the earlier one stands in its old place. A row whose twin had no label, and which has one, is no repetition.
 * @returns ids of rows that came before, as SQL; and names in the feature table of those whose label is known only now
 */
export async function rowsAgain(
  session: Session,
  { relation, earlier, described, entity, target, numbered }: Question,
): Promise<{ again: string; outdated: string }> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE rows_again (record_id VARCHAR);
     CREATE OR REPLACE TEMP TABLE rows_outdated (record_id VARCHAR)`,
  );
  const byPlace = numbered && !(await areTelling(session, relation, described));
  const own = [...described, ...(numbered && !byPlace ? [] : [entity])];
  for (const { relation: before, recordId } of earlier) {
    const found = new Set((await session.describe(`SELECT * FROM ${before}`)).map(({ name }) => name));
    const as = (row: 'b' | 'e', { name, type }: Column) => `try_cast(${row}.${identifier(name)} AS ${type})`;
    const same = own
      .filter(({ name }) => found.has(name))
      .map((column) => `${as('e', column)} IS NOT DISTINCT FROM ${as('b', column)}`)
      .join(' AND ');
    const pairs = `FROM ${relation} b JOIN ${before} e ON ${same}`;
    if (byPlace && !(await isWhole(session, before, pairs))) continue;
    const label = identifier(target);
    const late = `e.${label} IS NULL AND b.${label} IS NOT NULL`;
    await session.run(
      `INSERT INTO rows_again SELECT DISTINCT b.record_id::VARCHAR ${pairs} WHERE NOT (${late});
       INSERT INTO rows_outdated SELECT DISTINCT ${recordId} ${pairs} WHERE ${late}`,
    );
  }
  return { again: 'SELECT record_id FROM rows_again', outdated: 'SELECT record_id FROM rows_outdated' };
}

async function areTelling(session: Session, relation: string, columns: readonly Column[]): Promise<boolean> {
  if (columns.length === 0) return false;
  const list = columns.map(({ name }) => identifier(name)).join(', ');
  const [row] = await session.rows(
    `SELECT (SELECT count(*) FROM (SELECT DISTINCT ${list} FROM ${relation}))::DOUBLE AS different, (SELECT count(*) FROM ${relation})::DOUBLE AS rows`,
  );
  return Number(row?.different) >= tellingShare * Number(row?.rows);
}

async function isWhole(session: Session, before: string, pairs: string): Promise<boolean> {
  const [row] = await session.rows(
    `SELECT (SELECT count(DISTINCT e.record_id) ${pairs}) = (SELECT count(*) FROM ${before}) AS whole`,
  );
  return row?.whole === true;
}
