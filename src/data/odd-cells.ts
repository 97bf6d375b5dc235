import { basename } from 'node:path';
import { lineOfRow } from './csv-lines.js';
import { separatorOf, delimited } from './delimited.js';
import type { Session } from './session.js';
import { identifier } from './sql.js';

/** A column is taken for one of numbers when at least this share of its values are. */
const mostly = 0.9;

/**
 * What made columns of numbers into text: of each text column in which nearly all values are numbers, the first that is
 * not, with its file and line, as a sentence. `files` are the delimited files that the relation was read from.
 */
export async function oddCells(session: Session, relation: string, files: readonly string[]): Promise<string[]> {
  const texts = (await session.describe(relation)).filter(({ type }) => type === 'VARCHAR');
  if (texts.length === 0 || files.length === 0) return [];
  const numbers = texts.flatMap(({ name }, i) => [
    `count(${identifier(name)}) AS n${i}`,
    `count(try_cast(${identifier(name)} AS DOUBLE)) AS numbers${i}`,
  ]);
  const [counts] = await session.rows(`SELECT ${numbers.join(', ')} FROM (${relation})`);
  const told: string[] = [];
  for (const [i, { name }] of texts.entries()) {
    const [n, numeric] = [Number(counts?.[`n${i}`]), Number(counts?.[`numbers${i}`])];
    if (numeric === n || numeric < mostly * n) continue;
    const first = await firstOdd(session, name, files);
    const more = n - numeric > 1 ? ` (and ${n - numeric - 1} more)` : '';
    told.push(`${first}${more}, expected numbers as in the other rows; column ${name} is read as text`);
  }
  return told;
}

async function firstOdd(session: Session, column: string, files: readonly string[]): Promise<string> {
  const quoted = identifier(column);
  for (const file of files) {
    const separator = await separatorOf(file, /\.tsv(\.gz)?$/i.test(file) ? 'tsv' : 'csv');
    const table = delimited([file], separator, ', all_varchar = true');
    const columns = await session.describe(`SELECT * FROM ${table}`);
    if (!columns.some(({ name }) => name === column)) continue;
    const [odd] = await session.rows(`SELECT row, value FROM (
      SELECT row_number() OVER () AS row, ${quoted} AS value FROM ${table})
      WHERE value IS NOT NULL AND try_cast(value AS DOUBLE) IS NULL ORDER BY row LIMIT 1`);
    if (odd === undefined) continue;
    const line = await lineOfRow(file, Number(odd.row), columns.length);
    return `${basename(file)}, line ${line}: found "${String(odd.value).slice(0, 60)}"`;
  }
  return `column ${column}: found text`;
}
