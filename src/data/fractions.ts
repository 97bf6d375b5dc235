import type { CsvDamage } from './csv-damage.js';
import { wholeNumbers } from './files/declared-types.js';
import type { Layout } from './files/layout.js';
import { lineOfRow } from './files/scan.js';
import { toldValue } from './files/told-value.js';
import type { Session } from './duckdb/session.js';
import { identifier } from './duckdb/sql.js';

/** A delimited file as DuckDB is asked to read it. */
interface Delimited {
  path: string;
  layout: Layout;
  /** Relation of its values with the types that were asked for. */
  typed: string;
  /** Relation of its values as texts, in their order; and in any, which several threads read. */
  texts: string;
  unordered: string;
}

/**
 * The first value with a fraction in a column that was declared to hold whole numbers: a cast would round it without a
 * word. undefined when there is none.
 */
export async function firstFraction(
  session: Session,
  { path, layout, typed, texts, unordered }: Delimited,
  hidden: readonly string[] = [],
): Promise<CsvDamage | undefined> {
  const columns = await session.describe(`SELECT * FROM ${typed}`);
  const counted = await mayHold(
    session,
    unordered,
    columns.filter(({ type }) => wholeNumbers.test(type)),
  );
  if (counted.length === 0) return undefined;
  const broken = counted.map(({ name }) => {
    const value = `TRY_CAST(${identifier(name)} AS DOUBLE)`;
    return `coalesce(${value} <> trunc(${value}), false)`;
  });
  const [any] = await session.rows(`SELECT bool_or(${broken.join(' OR ')}) AS found FROM ${texts}`);
  if (any?.found !== true) return undefined;
  const picked = counted.map(({ name }, at) => `${identifier(name)} AS value${at}, ${broken[at]} AS broken${at}`);
  const [row] =
    await session.rows(`SELECT * FROM (SELECT row_number() OVER () AS row, ${picked.join(', ')} FROM ${texts})
    WHERE ${counted.map((_, at) => `broken${at}`).join(' OR ')} ORDER BY row LIMIT 1`);
  const at = counted.findIndex((_, index) => row?.[`broken${index}`] === true);
  const { name, type } = counted[at]!;
  const line = await lineOfRow(path, layout, Number(row?.row));
  return { line, column: name, found: toldValue(name, row?.[`value${at}`], hidden), expected: type.toLowerCase() };
}

/**
 * Those of the columns in which a fraction could stand, by the letters of their values: one column of fractions makes no
 * other column worth a closer look.
 */
async function mayHold<Column extends { name: string }>(
  session: Session,
  texts: string,
  columns: readonly Column[],
): Promise<Column[]> {
  if (columns.length === 0) return [];
  const asked = columns.map(({ name }, at) => {
    const value = identifier(name);
    return `bool_or(contains(${value}, '.') OR contains(${value}, 'e-') OR contains(${value}, 'E-')) AS found${at}`;
  });
  const [row] = await session.rows(`SELECT ${asked.join(', ')} FROM ${texts}`);
  return columns.filter((_, at) => row?.[`found${at}`] === true);
}
