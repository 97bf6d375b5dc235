import { type CsvDamage, csvDamageOf } from './csv-damage.js';
import { readHeader } from './csv-header.js';
import { lineOfRow } from './csv-lines.js';
import { firstFraction, mayHoldFractions } from './fractions.js';
import type { Session } from './session.js';
import { identifier, literal } from './sql.js';
import { typeOf } from './types.js';

/**
 * Parquet settings for wide, sparse tables. Dictionaries pay only for columns of few values; building large ones for
 * every column costs more than writing them out. Small row groups keep memory flat for hundreds of columns.
 */
const parquetOptions = 'FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 100, ROW_GROUP_SIZE 30720';

export type Converted = { rows: number; damage?: undefined } | { rows?: undefined; damage: CsvDamage };

/**
 * Converts a comma-separated file with a header line into Snappy Parquet. Types come from the columns' names; nothing
 * is sniffed. A file with a bad row, with a fraction where whole numbers are declared, or with rows of another day than
 * `day` says, is damage as a whole; what was written by then is the caller's to remove.
 */
export async function csvToParquet(
  session: Session,
  csv: string,
  parquet: string,
  { types, day }: { types: Record<string, string>; day?: { column: string; is: string } },
): Promise<Converted> {
  const header = await readHeader(csv, [',']);
  if ('damage' in header) return header;
  if (header.columns.includes('')) {
    return { damage: { line: 1, found: 'a column without a name', expected: 'a line of column names' } };
  }
  if (day !== undefined && !header.columns.includes(day.column)) {
    const expected = `${header.columns.length} columns with ${day.column}`;
    return { damage: { line: 1, found: `no column ${day.column}`, expected } };
  }
  const read = (typed: (column: string) => string, more = '') => {
    const columns = header.columns.map((column) => `${literal(column)}: ${literal(typed(column))}`);
    return `read_csv(${literal(csv)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
      strict_mode = true, columns = {${columns.join(', ')}}${more})`;
  };
  try {
    const relation = read((column) => typeOf(column, types));
    const [copied] = await session.rows(`COPY (SELECT * FROM ${relation}) TO ${literal(parquet)} (${parquetOptions})`);
    // One thread reads rows in their order, in which they are counted to find a line.
    const texts = read(() => 'VARCHAR', ', parallel = false');
    const typed = read((column) => typeOf(column, types), ', parallel = false');
    const columns = header.columns.length;
    const damage =
      (await otherDay(session, { path: csv, relation: typed, columns, parquet }, day)) ??
      ((await mayHoldFractions(csv)) ? await firstFraction(session, { path: csv, typed, texts }) : undefined);
    return damage === undefined ? { rows: Number(copied?.Count) } : { damage };
  } catch (error) {
    const damage = await csvDamageOf(error, csv);
    if (damage === undefined) throw error;
    return { damage };
  }
}

/** Rows of another day than the file's name says would lie in the wrong partition. */
async function otherDay(
  session: Session,
  csv: { path: string; relation: string; columns: number; parquet: string },
  day: { column: string; is: string } | undefined,
): Promise<CsvDamage | undefined> {
  if (day === undefined) return undefined;
  const said = `left(${identifier(day.column)}::VARCHAR, 10)`;
  const other = `${said} IS DISTINCT FROM ${literal(day.is)}`;
  const [wrong] = await session.rows(`SELECT count(*) AS n FROM read_parquet(${literal(csv.parquet)}) WHERE ${other}`);
  const n = Number(wrong?.n ?? 0);
  if (n === 0) return undefined;
  const [first] = await session.rows(`SELECT row, found FROM (
    SELECT row_number() OVER () AS row, ${said} AS found, ${other} AS wrong FROM ${csv.relation}) WHERE wrong ORDER BY row LIMIT 1`);
  const more = n > 1 ? ` (and ${n - 1} more rows of another day)` : '';
  const found = `${first?.found == null ? 'nothing' : `"${String(first.found)}"`} in column ${day.column}${more}`;
  return {
    line: await lineOfRow(csv.path, Number(first?.row), csv.columns),
    found,
    expected: `${day.is} as in its name`,
  };
}
