import { type CsvDamage, csvDamageOf } from './csv-damage.js';
import { readHeader } from './csv-header.js';
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
 * is sniffed. A file with a bad row, or with rows of another day than `day` says, is damage as a whole; what was
 * written by then is the caller's to remove.
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
  const columns = header.columns.map((column) => `${literal(column)}: ${literal(typeOf(column, types))}`);
  const source = `read_csv(${literal(csv)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    strict_mode = true, columns = {${columns.join(', ')}})`;
  try {
    const [copied] = await session.rows(`COPY (SELECT * FROM ${source}) TO ${literal(parquet)} (${parquetOptions})`);
    const other = await otherDay(session, parquet, day);
    return other === undefined ? { rows: Number(copied?.Count) } : { damage: other };
  } catch (error) {
    const damage = await csvDamageOf(error, csv);
    if (damage === undefined) throw error;
    return { damage };
  }
}

/** Rows of another day than the file's name says would lie in the wrong partition. */
async function otherDay(
  session: Session,
  parquet: string,
  day: { column: string; is: string } | undefined,
): Promise<CsvDamage | undefined> {
  if (day === undefined) return undefined;
  const said = `left(${identifier(day.column)}::VARCHAR, 10)`;
  const [wrong] = await session.rows(`SELECT any_value(${said}) AS found, count(*) AS n
    FROM read_parquet(${literal(parquet)}) WHERE ${said} IS DISTINCT FROM ${literal(day.is)}`);
  if (wrong === undefined || Number(wrong.n) === 0) return undefined;
  const found = `${Number(wrong.n)} rows whose ${day.column} is ${String(wrong.found ?? 'empty')}`;
  return { line: undefined, found, expected: `${day.is} as in its name` };
}
