import { open } from 'node:fs/promises';
import { WrongInput } from '../../common/errors.js';
import { cellReader, cornersOf, lettersOf, type SheetCell } from './cells.js';
import type { Parts } from './parts.js';
import type { Sheet } from './workbook.js';

/** What a person said about the values of a sheet. */
export interface SheetSaying {
  /** Words, also of errors such as `#N/A`, that mean that a value is missing. */
  nulls?: readonly string[];
  decimal?: '.' | ',';
}

/** A sheet that was written as tab-delimited text. */
export interface SheetText {
  columns: string[];
  header: Buffer;
  /** From which record on, from 1 below the header, rows of the sheet have which number. */
  rows: { record: number; row: number }[];
  notes: string[];
}

/** Rows of one value above the names of columns are a title; more of them are a table of one column. */
const longestTitle = 20;

/**
 * Writes a sheet as delimited text with all values as they are. The first row of several values names the columns; rows
 * of one value above it are a title, empty rows are none.
 * @throws WrongInput naming sheet and cell of what is no table, or cannot be read exactly
 */
export async function writeSheet(parts: Parts, sheet: Sheet, to: string, saying: SheetSaying): Promise<SheetText> {
  const first = await writeColumns(parts, sheet, to, saying, () => true);
  const empty = first.columns.map((name, at) => name === '' && !first.used.has(at + 1));
  // A table that begins further right, or has a gap: what has neither a name nor a value is no column.
  return empty.includes(true) ? writeColumns(parts, sheet, to, saying, (column) => !empty[column - 1]) : first;
}

async function writeColumns(
  parts: Parts,
  sheet: Sheet,
  to: string,
  saying: SheetSaying,
  kept: (column: number) => boolean,
): Promise<SheetText & { used: Set<number> }> {
  const wrong = (cell: string, found: string, expected: string): never => {
    throw new WrongInput({ file: parts.name, sheet: sheet.name, cell, found, expected });
  };
  const above: { row: number; cells: SheetCell[] }[] = [];
  const begun: { header?: { row: number; names: string[]; line: string } } = {};
  const text: SheetText & { used: Set<number> } = {
    ...{ columns: [], header: Buffer.alloc(0), rows: [], notes: [] },
    used: new Set(),
  };
  let [records, last] = [0, 0];
  const lines: string[] = [];
  const merged: string[] = [];

  const lineOf = (row: number, cells: SheetCell[], width: number): string => {
    const values = Array.from({ length: width }, () => '');
    for (const cell of cells) {
      const name = `${lettersOf(cell.column)}${row}`;
      if (cell.column > width)
        wrong(name, shown(cell), `nothing right of the names of columns in row ${begun.header!.row}`);
      text.used.add(cell.column);
      values[cell.column - 1] = written(cell, saying, (found, expected) => wrong(name, found, expected));
    }
    return values.filter((_, at) => kept(at + 1)).join('\t');
  };
  const begin = (row: number, cells: SheetCell[]): void => {
    const names: string[] = Array.from({ length: cells.at(-1)!.column }, () => '');
    const seen = new Set<string>();
    for (const cell of cells) {
      const key = cell.text.toLowerCase();
      if (cell.text !== '' && seen.has(key))
        wrong(`${lettersOf(cell.column)}${row}`, `column ${cell.text} twice`, 'every column once');
      seen.add(key);
      names[cell.column - 1] = cell.text;
    }
    const header = { row, names, line: '' };
    begun.header = header;
    // A name is a name, whatever it looks like.
    const line = lineOf(
      row,
      cells.map((cell) => ({ ...cell, kind: 'text' as const })),
      names.length,
    );
    header.line = line;
    text.used.clear();
    text.columns = names.filter((_, at) => kept(at + 1));
    text.header = Buffer.from(line);
    lines.push(line);
    last = row;
  };
  const below = (row: number, cells: SheetCell[]): void => {
    const { names, line: first } = begun.header!;
    const line = lineOf(row, cells, names.length);
    if (line === first && names.length > 1)
      wrong(`A${row}`, 'the names of the columns again', 'rows: two tables were put together');
    records += 1;
    if (row !== last + 1 || records === 1) text.rows.push({ record: records, row });
    last = row;
    lines.push(line);
  };
  const ofOneColumn = () => {
    const [first, ...rest] = above.splice(0);
    begin(first!.row, first!.cells);
    for (const { row, cells } of rest) below(row, cells);
  };
  const sink = cellReader(sheet, {
    wrong,
    merged: (range) => merged.push(range),
    row: (row, cells) => {
      if (begun.header !== undefined) return below(row, cells);
      if (cells.length > 1) return begin(row, cells);
      above.push({ row, cells });
      if (above.length > longestTitle) ofOneColumn();
    },
  });
  const file = await open(to, 'w');
  try {
    const keep = async () => {
      if (lines.length > 0) await file.write(`${lines.splice(0).join('\n')}\n`);
    };
    await parts.read(sheet.part, sink, { keep });
    if (begun.header === undefined && above.length > 0) ofOneColumn();
    await keep();
  } finally {
    await file.close();
  }
  const { header } = begun;
  if (header === undefined)
    throw new WrongInput({
      file: parts.name,
      sheet: sheet.name,
      found: 'no cell with a value',
      expected: 'a row of column names',
    });
  refuseMerged(merged, header, last, wrong);
  for (const { row, cells } of above)
    text.notes.push(
      `row ${row} (${shown(cells[0]!)}) is left out: a title above the names of columns in row ${header.row}`,
    );
  return text;
}

/** Of merged cells only the first holds the value: which rows and columns it is meant for, nothing says. */
function refuseMerged(
  merged: string[],
  header: { row: number; names: string[] },
  last: number,
  wrong: (cell: string, found: string, expected: string) => never,
): void {
  for (const range of merged) {
    const { rows, columns } = cornersOf(range);
    if (rows[1] < header.row || rows[0] > last || columns[0] > header.names.length) continue;
    if (rows[0] === rows[1] && columns[0] === columns[1]) continue;
    const expected = rows[0] <= header.row ? 'one name for each column in one row' : 'a value in each row';
    wrong(range, 'merged cells', `${expected}: take the merging back`);
  }
}

const shown = ({ text }: SheetCell): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;

/** A cell as the text of its column; only words that mean a missing value stand without quotes whatever they hold. */
function written(
  { text, kind }: SheetCell,
  { nulls = [], decimal }: SheetSaying,
  wrong: (found: string, expected: string) => never,
): string {
  if (nulls.includes(text)) return text;
  if (kind === 'error')
    wrong(text, `a value, or that it is missing: --nulls "${text}" or "nulls": ["${text}"] of its source`);
  if (kind === 'number') return decimal === ',' ? text.replace('.', ',') : text;
  return text === '' || /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
