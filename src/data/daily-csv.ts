import { type CsvDamage, csvDamageOf } from './csv-damage.js';
import { readHeader } from './csv-header.js';
import type { Session } from './session.js';
import { literal } from './sql.js';
import { typeOf } from './types.js';

/**
 * Parquet settings for wide, sparse tables. Dictionaries pay only for columns of few values; building large ones for
 * every column costs more than writing them out. Small row groups keep memory flat for hundreds of columns.
 */
const parquetOptions = 'FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 100, ROW_GROUP_SIZE 30720';

export type Converted = { rows: number; damage?: undefined } | { rows?: undefined; damage: CsvDamage };

/**
 * Converts a comma-separated file with a header line into Snappy Parquet. Types come from the columns' names; nothing
 * is sniffed. A file with a bad row, or without one of the `required` columns, is damage as a whole; what was written
 * by then is the caller's to remove.
 */
export async function csvToParquet(
  session: Session,
  csv: string,
  parquet: string,
  { types, required }: { types: Record<string, string>; required: string[] },
): Promise<Converted> {
  const header = await readHeader(csv);
  if ('damage' in header) return header;
  const absent = required.find((column) => !header.columns.includes(column));
  if (absent !== undefined) {
    return {
      damage: { line: 1, found: `no column ${absent}`, expected: `${header.columns.length} columns with ${absent}` },
    };
  }
  const columns = header.columns.map((column) => `${literal(column)}: ${literal(typeOf(column, types))}`);
  const source = `read_csv(${literal(csv)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    strict_mode = true, columns = {${columns.join(', ')}})`;
  try {
    const [copied] = await session.rows(`COPY (SELECT * FROM ${source}) TO ${literal(parquet)} (${parquetOptions})`);
    return { rows: Number(copied?.Count) };
  } catch (error) {
    const damage = await csvDamageOf(error, csv);
    if (damage === undefined) throw error;
    return { damage };
  }
}
