import { identifier, literal, literals } from '../duckdb/sql.js';
import type { Layout } from './layout.js';
import type { Scan } from './scan.js';

/** A delimited file that was looked through, ready to be read. */
export interface DelimitedFile {
  path: string;
  layout: Layout;
  scan: Scan;
  /** The sheet of a workbook that it was written from; its rows have numbers of their own. */
  sheet?: {
    name: string;
    /** From which record on, from 1 below the header, rows of the sheet have which number. */
    rows: readonly { record: number; row: number }[];
    /** What was left out of it, a sentence each. */
    notes: readonly string[];
  };
}

export interface Reading {
  /** DuckDB's type of a column; default text. */
  typed?: (column: string) => string;
  /** Words that mean that a value is missing where they stand bare; a bare empty value always does. */
  nulls?: readonly string[];
  /** Rows in the file's order, so that they can be counted. */
  ordered?: boolean;
}

/** DuckDB refuses longer records unless it is told of them. */
const usualRecord = 2_000_000;

/**
 * `read_csv(…)` over files of one layout with every option given: DuckDB parses what the tokenizer passed and decides
 * nothing itself.
 */
export function readCsv(files: readonly DelimitedFile[], { typed, nulls = [], ordered }: Reading = {}): string {
  const { delimiter, header } = files[0]!.layout;
  const columns = namesOf(files[0]!.layout).map((name) => `${literal(name)}: ${literal(typed?.(name) ?? 'VARCHAR')}`);
  const mixed = files.some(({ scan }) => scan.ends === 'mixed');
  const inPieces = ordered !== true && !mixed && !files.some(({ scan }) => scan.quotedBreaks);
  const longest = Math.max(...files.map(({ scan }) => scan.longest));
  const options = [
    'auto_detect = false',
    `header = ${header !== undefined}`,
    `delim = ${literal(delimiter)}`,
    `quote = '"', escape = '"', comment = ''`,
    `nullstr = ${literals(['', ...nulls])}, allow_quoted_nulls = false`,
    // Only its lax reader takes both line ends; what else it would let through, the tokenizer has refused.
    `strict_mode = ${!mixed}, null_padding = false, ignore_errors = false`,
    `columns = {${columns.join(', ')}}`,
    // DuckDB takes the first line break that it meets for the one that ends lines, also where that stands in a name.
    ...(files.some(({ layout }) => layout.severalLines) ? [String.raw`new_line = '\n'`] : []),
    ...(inPieces ? [] : ['parallel = false']),
    ...(longest > usualRecord / 2 ? [`max_line_size = ${longest * 2}`] : []),
  ];
  return `read_csv(${literals(files.map(({ path }) => path))}, ${options.join(', ')})`;
}

/** The names of a layout's columns; one without a name is called by its place. */
export const namesOf = ({ columns }: Layout): string[] =>
  columns.map((name, place) => {
    if (name !== '') return name;
    let given = `column${place}`;
    while (columns.some((other) => other.toLowerCase() === given)) given += '_';
    return given;
  });

/** A SELECT of all values of some files as texts, united by the names of their columns. */
export function textsOf(files: readonly DelimitedFile[], nulls: readonly string[] = []): string {
  const alike = new Map<string, DelimitedFile[]>();
  for (const file of files) {
    const { delimiter, columns, header } = file.layout;
    const key = JSON.stringify([delimiter, columns, header === undefined]);
    alike.set(key, [...(alike.get(key) ?? []), file]);
  }
  return [...alike.values()].map((some) => `SELECT * FROM ${readCsv(some, { nulls })}`).join(' UNION ALL BY NAME ');
}

/** One column of a file as texts beside the rows' numbers, `row` and `value`. */
export const numbered = (file: DelimitedFile, column: string, nulls: readonly string[] = []): string =>
  `SELECT row_number() OVER () AS row, ${identifier(column)} AS value FROM ${readCsv([file], { nulls, ordered: true })}`;
