import { basename } from 'node:path';
import type { WrongInputAt } from '../../common/errors.js';
import type { DelimitedFile } from './read-csv.js';
import { lineOfRow } from './scan.js';

/** Where people find a row, from 1 below the header: the line of a text, the row of a sheet. */
export async function placeOfRow(
  { path, layout, sheet }: DelimitedFile,
  row: number,
): Promise<Pick<WrongInputAt, 'file' | 'sheet' | 'line'>> {
  const file = basename(path);
  if (sheet === undefined) return { file, line: await lineOfRow(path, layout, row) };
  const from = sheet.rows.findLast(({ record }) => record <= row)!;
  return { file, sheet: sheet.name, line: from.row + row - from.record };
}
