import { basename } from 'node:path';
import { WrongInput } from '../common/errors.js';
import type { Encoding } from '../documents/tables/encodings.js';
import { castDamageOf, type CsvDamage } from './csv-damage.js';
import { inUtf8 } from './files/decode-text.js';
import { type Layout, layoutOf } from './files/layout.js';
import { declaredColumn, openOne, otherCount } from './files/delimited-table.js';
import { type DelimitedFile, readCsv } from './files/read-csv.js';
import { lineOfRow, scanClosely } from './files/scan.js';
import { firstFraction } from './fractions.js';
import type { Session } from './duckdb/session.js';
import { identifier, literal } from './duckdb/sql.js';
import { typeOf } from './types.js';

/**
 * Parquet settings for wide, sparse tables. Dictionaries pay only for columns of few values; building large ones for
 * every column costs more than writing them out. Small row groups keep memory flat for hundreds of columns.
 */
const parquetOptions = 'FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 100, ROW_GROUP_SIZE 30720';

export type Converted = { rows: number; damage?: undefined } | { rows?: undefined; damage: CsvDamage };

export interface DailyOptions {
  types: Record<string, string>;
  nulls?: readonly string[];
  decimal?: '.' | ',';
  encoding?: Encoding;
  /** Columns whose values no message tells. */
  hidden?: readonly string[];
  /** The day of all rows in a column, and what says so. */
  day?: { column: string; is: string; by: 'name' | 'first row' };
}

/**
 * Converts a delimited file with a header line into Snappy Parquet. Types come from the columns' names; nothing
 * is sniffed. A file with a bad row, with a fraction where whole numbers are declared, or with rows of another day than
 * `day` says, is damage as a whole; what was written by then is the caller's to remove.
 */
export async function csvToParquet(
  session: Session,
  csv: string,
  parquet: string,
  options: DailyOptions,
): Promise<Converted> {
  try {
    const text = await inUtf8(csv, options.encoding, session.temporary);
    const layout = await layoutOf(text, 'csv');
    checkColumns(csv, layout, options.day?.column);
    return { rows: await convert(session, await openOne(text, layout), parquet, options) };
  } catch (error) {
    if (error instanceof WrongInput) return { damage: error.at };
    throw error;
  }
}

function checkColumns(csv: string, { columns }: Layout, day: string | undefined): void {
  const wrong = (found: string, expected: string) => new WrongInput({ file: basename(csv), line: 1, found, expected });
  if (columns.includes('')) throw wrong('a column without a name', 'a line of column names');
  if (day !== undefined && !columns.includes(day))
    throw wrong(`no column ${day}`, `${columns.length} columns with ${day}`);
}

async function convert(
  session: Session,
  file: DelimitedFile,
  parquet: string,
  { types, nulls = [], decimal = '.', hidden = [], day }: DailyOptions,
): Promise<number> {
  const declared = (column: string) => typeOf(column, types);
  // DuckDB reads a date in more ways than one, and a comma for a fraction in none.
  const ours = file.layout.columns.filter((column) => isWritten(declared(column), decimal) && column !== day?.column);
  const typed = (column: string) => (ours.includes(column) ? 'VARCHAR' : declared(column));
  const values: string[] = [];
  for (const name of ours) {
    const value = await declaredColumn(session, [file], {
      ...{ name, declared: declared(name), nulls, decimal, hidden },
    });
    values.push(`${value} AS ${identifier(name)}`);
  }
  const selected = values.length === 0 ? '*' : `* REPLACE (${values.join(', ')})`;
  const rows = await copied(
    session,
    file,
    parquet,
    `SELECT ${selected} FROM ${readCsv([file], { typed, nulls })}`,
    hidden,
  );
  if (day !== undefined) await refuseOtherDay(session, file, parquet, day);
  if (file.scan.fractions) {
    // One thread reads rows in their order, in which they are counted to find a line.
    const read = {
      typed: readCsv([file], { typed, nulls, ordered: true }),
      texts: readCsv([file], { nulls, ordered: true }),
      unordered: readCsv([file], { nulls }),
    };
    const damage = await firstFraction(session, { path: file.path, layout: file.layout, ...read }, hidden);
    if (damage !== undefined) throw new WrongInput({ file: basename(file.path), ...damage });
  }
  return rows;
}

const isWritten = (type: string, decimal: string): boolean =>
  /^(date|timestamp|datetime)/i.test(type) || (decimal === ',' && /^(double|float|real|decimal|numeric)/i.test(type));

/** @throws WrongInput naming the line of a value that is not of its type, or of a record of another width */
async function copied(
  session: Session,
  file: DelimitedFile,
  parquet: string,
  select: string,
  hidden: readonly string[],
): Promise<number> {
  const { path, layout, scan } = file;
  try {
    const [copy] = await session.rows(`COPY (${select}) TO ${literal(parquet)} (${parquetOptions})`);
    if (Number(copy?.Count) !== scan.records) throw otherCount(basename(path), Number(copy?.Count), scan.records);
    return scan.records;
  } catch (error) {
    await scanClosely(path, layout);
    const damage = await castDamageOf(error, file, hidden);
    // What the database says tells the value.
    const cause = hidden.length > 0 ? {} : { cause: error };
    throw damage === undefined ? error : new WrongInput({ file: basename(path), ...damage }, cause);
  }
}

/** Rows of another day than the file's name says would lie in the wrong partition. */
async function refuseOtherDay(
  session: Session,
  file: DelimitedFile,
  parquet: string,
  day: { column: string; is: string; by: string },
): Promise<void> {
  const said = `left(${identifier(day.column)}::VARCHAR, 10)`;
  const other = `${said} IS DISTINCT FROM ${literal(day.is)}`;
  const [wrong] = await session.rows(`SELECT count(*) AS n FROM read_parquet(${literal(parquet)}) WHERE ${other}`);
  const n = Number(wrong?.n ?? 0);
  if (n === 0) return;
  const [first] = await session.rows(`SELECT row, found FROM (
    SELECT row_number() OVER () AS row, ${said} AS found, ${other} AS wrong FROM ${readCsv([file], { ordered: true })})
    WHERE wrong ORDER BY row LIMIT 1`);
  const more = n > 1 ? ` (and ${n - 1} more rows of another day)` : '';
  throw new WrongInput({
    file: basename(file.path),
    line: await lineOfRow(file.path, file.layout, Number(first?.row)),
    found: `${first?.found == null ? 'nothing' : `"${String(first.found)}"`} in column ${day.column}${more}`,
    expected: `${day.is} as in its ${day.by}`,
  });
}
