import { createReadStream } from 'node:fs';
import { lineOfRow } from './csv-lines.js';
import type { CsvDamage } from './csv-damage.js';
import type { Session } from './session.js';
import { identifier } from './sql.js';

/** DuckDB's types of whole numbers. */
export const wholeNumbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|INT[1248]|LONG|SHORT)$/i;

/** A delimited file as DuckDB is asked to read it. */
interface Delimited {
  path: string;
  /** Relation of its values with the types that were asked for. */
  typed: string;
  /** Relation of its values as texts, in their order. */
  texts: string;
}

/**
 * The first value with a fraction in a column that was declared to hold whole numbers: a cast would round it without a
 * word. undefined when there is none.
 */
export async function firstFraction(
  session: Session,
  { path, typed, texts }: Delimited,
  declared: (column: string) => boolean = () => true,
): Promise<CsvDamage | undefined> {
  const columns = await session.describe(`SELECT * FROM ${typed}`);
  const counted = columns.filter(({ name, type }) => wholeNumbers.test(type) && declared(name));
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
  const line = await lineOfRow(path, Number(row?.row), columns.length);
  return { line, found: `"${String(row?.[`value${at}`])}" in column ${name}`, expected: type.toLowerCase() };
}

/** Whether a text file holds anything that a fraction could be written with: most files of whole numbers do not. */
export async function mayHoldFractions(path: string): Promise<boolean> {
  let before = '';
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    if (/\.|e-/i.test(before + (chunk as string))) return true;
    before = (chunk as string).slice(-1);
  }
  return false;
}
