import type { RequestForm } from '../../../project/commands.js';
import type { Matrix } from '../../../models/table/matrix.js';

type Cell = number | string | null;

/** Rows of a table as a program gets them, in a form that it reads. */
export interface AskedRows {
  contentType: string;
  body: string;
}

/** A body of the rows `from` to `to`; a missing value is null in JSON and nothing in CSV. */
export function bodyOf(form: RequestForm, table: Matrix, from: number, to: number): AskedRows {
  const columns = table.columns.map((name, place) => cellsOf(table, name, place));
  const rows = Array.from({ length: to - from }, (_, at) => columns.map((cell) => cell(from + at)));
  if (form === 'csv')
    return { contentType: 'text/csv', body: rows.map((row) => `${row.map(quoted).join(',')}\n`).join('') };
  const record = (row: Cell[]) => Object.fromEntries(table.columns.map((name, at) => [name, row[at]]));
  const json = {
    rows: () => rows,
    records: () => rows.map(record),
    instances: () => ({ instances: rows }),
    mlflow: () => ({ dataframe_split: { columns: table.columns, data: rows } }),
  }[form];
  return { contentType: 'application/json', body: JSON.stringify(json()) };
}

function cellsOf({ values, categories }: Matrix, name: string, place: number): (row: number) => Cell {
  const column = values[place]!;
  const words = categories?.[name];
  if (words) return (row) => words[column[row]!] ?? null;
  return (row) => (Number.isFinite(column[row]) ? column[row]! : null);
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
