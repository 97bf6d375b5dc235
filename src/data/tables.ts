import { basename } from 'node:path';
import { InputError, messageOf, WorkbenchError, WrongInput } from '../common/errors.js';
import { capturedTable, isCaptured } from './files/captured-table.js';
import type { ColumnFacts } from './files/column-types.js';
import { declaredValue, wholeNumbers, writtenAs } from './files/declared-types.js';
import { delimitedTable, openDelimited } from './files/delimited-table.js';
import type { Saying } from './files/saying.js';
import type { DelimitedFile } from './files/read-csv.js';
import { unnamedIndexOf } from './files/index-columns.js';
import { jsonRows, refuseColumnsAsObjects, refuseSameNames } from './files/json-table.js';
import { type ParquetTable, parquetTable } from './files/parquet-table.js';
import { inUtf8 } from './files/decode-text.js';
import { bytesOfText } from './files/text-bytes.js';
import type { Session } from './duckdb/session.js';
import { identifier, literal } from './duckdb/sql.js';
import { openSheet } from './sheets/open-sheet.js';
import { unpackedTable } from './archive/packed-table.js';
import { formatOf, tableEndings, type TableFormat } from './table-formats.js';
import { jsonDamage } from './table-damage.js';
import { matchesPattern } from './types.js';

export interface TableOptions extends Saying {
  /** What the files are, where their names do not say so. */
  given?: TableFormat;
}

/** The rows of table files, and how they were read. */
export interface Table {
  /** A SELECT of the rows. */
  select: string;
  facts: ColumnFacts[];
  /** The delimited ones among the files. */
  files: readonly DelimitedFile[];
  /** Columns that were left out: the numbers of rows that pandas wrote beside the others. */
  indexes: string[];
  /** Columns that are an index to pandas, under a name of its own: kept, for they may name rows, but they measure nothing. */
  namedIndexes: string[];
}

/**
 * Readable tables (.csv, .tsv, .parquet, .json, .jsonl, .xlsx; .gz too, or alone in a zip) as one, united by column name. `types` (names or `*`
 * patterns) go before what the values look like; `given` before what the names say.
 * @throws InputError for another kind of file, WrongInput naming file and line of what cannot be read exactly
 */
export async function readTable(
  session: Session,
  paths: readonly string[],
  options: TableOptions = {},
): Promise<Table> {
  const parts: string[] = [];
  const indexes: string[] = [];
  const namedIndexes: string[] = [];
  const delimited: DelimitedFile[] = [];
  const unpacked: string[] = [];
  for (const path of paths) unpacked.push(await unpackedTable(path, session.temporary));
  for (const [format, some] of groupsOf(unpacked, options.given)) {
    if (format === 'csv' || format === 'tsv') {
      const texts = some.map((path) => inUtf8(path, options.encoding, session.temporary));
      delimited.push(...(await openDelimited(await Promise.all(texts), format)));
    } else if (format === 'xlsx') {
      for (const path of some) delimited.push(await openSheet(session.temporary, path, options));
    } else if (format === 'jsonl' && (await allCaptured(some))) parts.push(await capturedTable(session, some));
    else {
      const other = await otherFiles(session, some, format, options);
      parts.push(other.select);
      indexes.push(...other.indexes);
      namedIndexes.push(...other.namedIndexes);
    }
  }
  const left = { indexes, namedIndexes };
  if (delimited.length === 0) return { select: parts.join(' UNION ALL BY NAME '), facts: [], files: [], ...left };
  const texts = await delimitedTable(session, delimited, options);
  const index = await unnamedIndexOf(session, delimited);
  if (index !== undefined) indexes.push(index);
  const own = index === undefined ? texts.select : `SELECT * EXCLUDE (${identifier(index)}) FROM (${texts.select})`;
  return {
    select: [own, ...parts].join(' UNION ALL BY NAME '),
    facts: texts.facts.filter(({ name }) => name !== index),
    files: delimited,
    ...left,
  };
}

function groupsOf(paths: readonly string[], given: TableFormat | undefined): Map<TableFormat, string[]> {
  const groups = new Map<TableFormat, string[]>();
  for (const path of paths) {
    const format = given ?? formatOf(path);
    if (format === undefined) {
      throw new WrongInput({ file: basename(path), found: 'no known ending', expected: tableEndings });
    }
    groups.set(format, [...(groups.get(format) ?? []), path]);
  }
  return groups;
}

/** @throws WrongInput for files of which only some are captured */
async function allCaptured(paths: readonly string[]): Promise<boolean> {
  const captured: boolean[] = [];
  for (const path of paths) captured.push(await isCaptured(path));
  const other = paths.find((_, at) => captured[at] !== captured[0]);
  if (other === undefined) return captured[0] === true;
  const expected = 'files of one kind: all are records of data capture or ground truth, or none is';
  throw new WrongInput({ file: basename(other), found: 'a file of another kind than those before it', expected });
}

const noIndexes = { indexes: [], namedIndexes: [] };

async function otherFiles(
  session: Session,
  paths: string[],
  format: 'parquet' | 'json' | 'jsonl',
  { types = {}, hidden = [] }: Saying,
): Promise<ParquetTable> {
  for (const path of paths) if (/\.gz$/i.test(path)) await checkGzip(path);
  return readable(
    paths,
    async () => {
      if (format === 'json') await refuseColumnsAsObjects(session, paths);
      if (format !== 'parquet') await refuseSameNames(session, paths, format);
      const { select, ...indexes } =
        format === 'parquet' ? await parquetTable(session, paths) : { select: jsonRows(paths, format), ...noIndexes };
      const typed = (await session.describe(select)).flatMap(({ name, type }) => {
        const declared = Object.entries(types).find(([pattern]) => matchesPattern(pattern, name))?.[1];
        return declared === undefined ? [] : [{ name, type: declared, from: type }];
      });
      return { select: cast(select, typed, hidden), ...indexes };
    },
    hidden,
  );
}

/** A cut `.gz` reads like a shorter file, so it is unpacked to its checksum first. */
async function checkGzip(path: string): Promise<void> {
  for await (const bytes of bytesOfText(path)) void bytes;
}

interface Typed {
  name: string;
  /** The type that was declared, and the one that the file has. */
  type: string;
  from: string;
}

function cast(select: string, typed: Typed[], hidden: readonly string[]): string {
  if (typed.length === 0) return select;
  const columns = typed.map((one) => `${castOf(one, hidden)} AS ${identifier(one.name)}`);
  return `SELECT * REPLACE (${columns.join(', ')}) FROM (${select})`;
}

/** A value that is not of the type stops the reading: a plain cast would round a fraction, and swap a day, without a word. */
function castOf({ name, type, from }: Typed, hidden: readonly string[]): string {
  const column = identifier(name);
  const isHidden = hidden.some((pattern) => matchesPattern(pattern, name));
  const said = `'found ' || ${isHidden ? literal('a private value') : `${column}::VARCHAR`} || ${literal(` in column ${name}, expected ${type}`)}`;
  if (writtenAs(type) !== undefined) {
    if (from !== 'VARCHAR') return column;
    const value = declaredValue(column, type);
    return `CASE WHEN ${column} IS NOT NULL AND ${value} IS NULL THEN error(${said}) ELSE ${value} END`;
  }
  const plain = `CAST(${column} AS ${type})`;
  if (!wholeNumbers.test(type)) return plain;
  const value = `TRY_CAST(${column} AS DOUBLE)`;
  return `CASE WHEN ${value} <> trunc(${value}) THEN error(${said}) ELSE ${plain} END`;
}

/**
 * Runs what reads these files; a file that is not what its name says becomes an InputError with file and line.
 * @param hidden columns whose values no message tells: where there are some, none tells a value that a database would
 */
export async function readable<Result>(
  files: readonly string[],
  work: () => Promise<Result>,
  hidden: readonly string[] = [],
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const damage = await damageOf(error, files, hidden.length > 0);
    // What hides a value has no cause that tells it.
    throw damage === undefined ? error : new InputError(damage, hidden.length > 0 ? {} : { cause: error });
  }
}

async function damageOf(error: unknown, files: readonly string[], quiet: boolean): Promise<string | undefined> {
  if (error instanceof WorkbenchError) return undefined;
  const message = messageOf(error);
  const file = files.find((path) => message.includes(path)) ?? files[0]!;
  if (/malformed json/i.test(message)) return jsonDamage(file, message);
  if (/parquet|no magic bytes/i.test(message) && /invalid input error|io error/i.test(message)) {
    return `${basename(file)}: found bytes that are no Parquet, expected a Parquet file`;
  }
  const fraction = /^Invalid Input Error: (found .* in column .*, expected .*)/.exec(message)?.[1];
  if (fraction !== undefined) return `${files.map((path) => basename(path)).join(', ')}: ${fraction}`;
  const conversion = /^Conversion Error: (.*)/m.exec(message)?.[1];
  if (conversion !== undefined) {
    const told = quiet ? 'found a value that is not of the type of its column' : conversion;
    return `${files.map((path) => basename(path)).join(', ')}: ${told}`;
  }
  if (/invalid input error|corrupt/i.test(message))
    return `${basename(file)}: ${quiet ? 'found what cannot be read as its columns are declared' : message.split('\n')[0]}`;
  return undefined;
}
