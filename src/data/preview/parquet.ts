import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeText } from '../../common/size-text.js';
import { InputError } from '../../common/errors.js';
import { piecesOf, type Bytes } from '../bytes.js';
import { withSession, type Session } from '../duckdb/session.js';
import { literal, parquetFiles } from '../duckdb/sql.js';
import { readable } from '../tables.js';
import { columnsOf, cutReason, firstRows, type Looked } from './first-rows.js';
import { limits } from './limits.js';

export interface Wish {
  /** How many rows. */
  rows: number;
  /** Read what is read only when asked. */
  whole?: boolean;
  signal?: AbortSignal;
}

/** Rows that are stored together, and where. */
interface RowGroup {
  rows: number;
  from: number;
  to: number;
}

/**
 * The first rows of a Parquet file that lies anywhere, read by its parts: the footer tells schema, rows and nulls, and
 * only the row groups of the first rows are fetched. They are put where they belong in a file of the same size that is
 * empty elsewhere, which takes no room on the disk, so that DuckDB reads it like the whole one.
 */
export async function previewParquet(bytes: Bytes, name: string, folder: string, wish: Wish): Promise<Looked> {
  const path = join(folder, 'part.parquet');
  const part = await open(path, 'w');
  const session = <Result>(work: (session: Session) => Promise<Result>) =>
    withSession({ folders: [folder], threads: 1, signal: wish.signal }, (one) => readable([path], () => work(one)));
  try {
    await placeFooter(bytes, name, part, wish);
    const { columns, total, groups, reasons } = await session((one) => readFooter(one, path));
    const wanted = firstGroups(groups, wish.rows, wish.whole ? Number.POSITIVE_INFINITY : limits.unasked);
    if (wanted.length === 0 && total > 0) {
      const unread = groups[0]!.to - groups[0]!.from;
      const why = `its first rows are stored in one piece of ${sizeText(unread)}, which is read only when asked`;
      return { total, columns, rows: [], unread, reasons: { ...reasons, rows: why } };
    }
    for (const { from, to } of wanted) await copy(bytes, part, from, to);
    const there = wanted.reduce((sum, { rows }) => sum + rows, 0);
    const select = `SELECT * FROM ${parquetFiles([path])}`;
    const { rows, cut } = await session((one) => firstRows(one, select, columns, Math.min(wish.rows, there)));
    return { total, columns, rows, unread: null, reasons: { ...reasons, ...cutReason(cut) } };
  } finally {
    await part.close();
  }
}

const magicBytes = 4;

/** Source: Apache Parquet, "File format": `PAR1`, data, footer, its length in 4 bytes (little endian), `PAR1`. */
async function placeFooter(bytes: Bytes, name: string, part: FileHandle, { whole }: Wish): Promise<void> {
  const { size } = bytes;
  const none = () => new InputError(`${name}: found bytes that are no Parquet, expected a Parquet file`);
  if (size < 3 * magicBytes) throw none();
  const tail = Buffer.from(await bytes.read(size - 2 * magicBytes, 2 * magicBytes));
  const magic = tail.toString('latin1', magicBytes);
  if (magic === 'PARE') throw new InputError(`${name}: found an encrypted footer, expected a Parquet file without one`);
  const from = size - 2 * magicBytes - tail.readUInt32LE(0);
  if (magic !== 'PAR1' || from < magicBytes) throw none();
  if (size - from > limits.unasked && !whole)
    throw new InputError(`${name}: found a footer of ${sizeText(size - from)}, which is read only with --whole`);
  await part.truncate(size);
  await part.write('PAR1', 0);
  await copy(bytes, part, from, size);
}

async function copy(bytes: Bytes, part: FileHandle, from: number, to: number): Promise<void> {
  let at = from;
  for await (const piece of piecesOf(bytes, to, from)) {
    await part.write(piece, 0, piece.length, at);
    at += piece.length;
  }
}

async function readFooter(session: Session, path: string) {
  const file = literal(path);
  const [head] = await session.rows(`SELECT num_rows AS rows FROM parquet_file_metadata(${file})`);
  const found = await session.rows(`
    WITH chunks AS (
      SELECT *, least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0), data_page_offset)) AS begins
      FROM parquet_metadata(${file}))
    SELECT any_value(row_group_num_rows) AS rows, min(begins) AS "from", max(begins + total_compressed_size) AS "to"
    FROM chunks GROUP BY row_group_id ORDER BY row_group_id`);
  const groups = found.map(({ rows, from, to }): RowGroup => ({
    rows: Number(rows),
    from: Number(from),
    to: Number(to),
  }));
  const nulls = await parquetNulls(session, file);
  const described = await columnsOf(session, `SELECT * FROM ${parquetFiles([path])}`);
  const columns = described.map((column) => ({ ...column, nulls: nulls.get(column.name) ?? null }));
  const unknown = columns.filter((column) => column.nulls === null).map(({ name }) => name);
  const named = unknown.length > 3 ? `${unknown.length} columns` : unknown.join(', ');
  const reasons: Record<string, string> =
    unknown.length > 0 ? { nulls: `the file does not record those of ${named}` } : {};
  return { columns, total: Number(head?.rows), groups, reasons };
}

/** Nulls of each plain column, where every row group records them; a column that must be there has none. */
export async function parquetNulls(session: Session, file: string): Promise<Map<string, number>> {
  const recorded = await session.rows(`
    SELECT path_in_schema AS name, sum(stats_null_count) AS nulls
    FROM parquet_metadata(${file}) GROUP BY ALL HAVING count(*) = count(stats_null_count)`);
  const required = await session.rows(`
    SELECT name FROM parquet_schema(${file}) WHERE repetition_type = 'REQUIRED' AND coalesce(num_children, 0) = 0`);
  return new Map([
    ...required.map(({ name }): [string, number] => [String(name), 0]),
    ...recorded.map(({ name, nulls }): [string, number] => [String(name), Number(nulls)]),
  ]);
}

/** Groups from the first on, until they have `rows` rows or would take more than `most` bytes. */
function firstGroups(groups: RowGroup[], rows: number, most: number): RowGroup[] {
  const wanted: RowGroup[] = [];
  let [have, bytes] = [0, 0];
  for (const group of groups) {
    bytes += group.to - group.from;
    if (have >= rows || bytes > most) break;
    wanted.push(group);
    have += group.rows;
  }
  return wanted;
}
