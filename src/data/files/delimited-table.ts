import { basename } from 'node:path';
import { CancelledError, WrongInput } from '../../common/errors.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import { matchesPattern } from '../types.js';
import { columnFacts, type ColumnFacts, typedValue } from './column-types.js';
import { declaredValue, writtenAs } from './declared-types.js';
import { type DelimitedKind, type Layout, layoutOf, wrongIn } from './layout.js';
import { type DelimitedFile, namesOf, numbered, textsOf } from './read-csv.js';
import { markOfFile } from './text-bytes.js';
import { placeOfRow } from './place-of-row.js';
import type { Saying } from './saying.js';
import { toldValue } from './told-value.js';
import { scanClosely, scanFile } from './scan.js';

export interface DelimitedTable {
  /** A SELECT of the rows, in the order of the files. */
  select: string;
  /** What the values of each column look like, unless another type than text was declared for it. */
  facts: ColumnFacts[];
  files: readonly DelimitedFile[];
}

/** Looks through delimited files. @throws WrongInput naming file and line of what cannot be read */
export async function openDelimited(
  paths: readonly string[],
  kind: DelimitedKind,
  header = true,
): Promise<DelimitedFile[]> {
  const files: DelimitedFile[] = [];
  for (const path of paths) files.push(await openOne(path, await layoutOf(path, kind, header)));
  return files;
}

/** Looks through a file whose layout is known, and refuses what DuckDB reads in another way than the tokenizer. */
export async function openOne(path: string, layout: Layout): Promise<DelimitedFile> {
  const scan = await scanFile(path, layout);
  const wrong = wrongIn(path);
  if (scan.ends === 'cr' && scan.quotedBreaks)
    throw wrong(1, 'lines that end \\r and values of several lines', 'line ends \\n or \\r\\n');
  if (scan.ends === 'mixed' && layout.columns.length === 1)
    throw wrong(1, 'lines of one value that end now \\n, now \\r\\n', 'one line end throughout');
  if (layout.severalLines && (scan.ends !== 'lf' || (await markOfFile(path)) === 'utf-8'))
    throw wrong(1, 'a first record of several lines', 'one line, or line ends \\n and no byte order mark');
  return { path, layout, scan };
}

/**
 * Reads delimited files as one table, united by the names of their columns. A column has the type that all its values
 * in all files decide, or that was declared.
 * @throws WrongInput naming file and line of a value that is not of the declared type
 */
export async function delimitedTable(
  session: Session,
  files: readonly DelimitedFile[],
  { types = {}, nulls = [], decimal = '.', hidden = [] }: Saying,
): Promise<DelimitedTable> {
  const { columns } = await closely(files, async () => {
    const found = await columnFacts(session, textsOf(files, nulls), decimal);
    const expected = files.reduce((sum, { scan }) => sum + scan.records, 0);
    if (found.rows !== expected) throw otherCount(namesIn(files), found.rows, expected);
    return found;
  });
  const values: string[] = [];
  const facts: ColumnFacts[] = [];
  for (const column of columns) {
    const { name } = column;
    const declared = Object.entries(types).find(([pattern]) => matchesPattern(pattern, name))?.[1];
    if (declared === undefined || isText.test(declared)) facts.push({ ...column, declared: declared !== undefined });
    const value =
      declared === undefined
        ? typedValue(column, decimal)
        : await declaredColumn(session, files, { name, declared, nulls, decimal, hidden });
    values.push(`${value} AS ${identifier(name)}`);
  }
  return { select: `SELECT ${values.join(', ')} FROM (${textsOf(files, nulls)})`, facts, files };
}

const namesIn = (files: readonly DelimitedFile[]): string => files.map(({ path }) => basename(path)).join(', ');

/** Two readers that do not agree about a file: it is refused rather than half of it taken. */
export const otherCount = (file: string, found: number, expected: number): WrongInput =>
  new WrongInput({
    file,
    found: `${found} rows by one way of reading`,
    expected: `${expected} as by another: quotes or line ends are ambiguous`,
  });

/** Runs what reads these files; when it fails, or comes to another number of rows, the tokenizer says on which line. */
export async function closely<Result>(files: readonly DelimitedFile[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    for (const { path, layout } of files) await scanClosely(path, layout);
    throw error;
  }
}

interface Declared {
  name: string;
  declared: string;
  nulls: readonly string[];
  decimal: '.' | ',';
  hidden?: readonly string[];
}

/** @throws WrongInput naming file and line of the first value that is not of the declared type */
export async function declaredColumn(
  session: Session,
  files: readonly DelimitedFile[],
  { name, declared, nulls, decimal, hidden }: Declared,
): Promise<string> {
  const expression = (value: string) => {
    // A quoted empty text is nothing to a column that holds no texts.
    const text = isText.test(declared) ? value : `nullif(${value}, '')`;
    return { typed: declaredValue(text, declared, decimal), text };
  };
  const { typed, text } = expression(identifier(name));
  const own = files.filter(({ layout }) => namesOf(layout).some((one) => one.toLowerCase() === name.toLowerCase()));
  const wrong = `(${text}) IS NOT NULL AND (${typed}) IS NULL`;
  const [any] = await session.rows(`SELECT count(*) AS n FROM (${textsOf(own, nulls)}) WHERE ${wrong}`);
  if (any?.n === 0) return typed;
  const { typed: value, text: written } = expression('value');
  for (const file of own) {
    const [first] = await session.rows(`SELECT row, value FROM (${numbered(file, name, nulls)})
      WHERE (${written}) IS NOT NULL AND (${value}) IS NULL ORDER BY row LIMIT 1`);
    if (first === undefined) continue;
    throw new WrongInput({
      ...(await placeOfRow(file, Number(first.row))),
      column: name,
      found: toldValue(name, first.value, hidden),
      expected: expectedOf(declared),
    });
  }
  return typed;
}

const isText = /^(VARCHAR|TEXT|STRING|CHAR)/i;

function expectedOf(declared: string): string {
  const written = writtenAs(declared);
  if (written !== undefined) return `a ${written.type.toLowerCase()} written ${written.format}`;
  return /^date$/i.test(declared) ? 'a date such as 2024-02-13' : declared.toLowerCase();
}
