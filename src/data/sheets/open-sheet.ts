import { mkdtemp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openOne } from '../files/delimited-table.js';
import type { DelimitedFile } from '../files/read-csv.js';
import { openParts } from './parts.js';
import { type SheetSaying, writeSheet } from './sheet-text.js';
import { chosenSheet } from './workbook.js';

/**
 * A sheet of an `.xlsx` workbook as a delimited file in `folder`, so that its columns become what those of any text do.
 * Results of formulas are read, formulas are not.
 * @param sheet its name; not needed where only one sheet shows something
 * @throws WrongInput naming sheet and cell
 */
export async function openSheet(
  folder: string,
  path: string,
  { sheet: asked, ...saying }: SheetSaying & { sheet?: string },
): Promise<DelimitedFile> {
  const parts = await openParts(path);
  try {
    const sheet = await chosenSheet(parts, asked);
    // Under its own name, by which it is known in what is said about it.
    const to = join(await mkdtemp(join(folder, 'sheet-')), basename(path));
    const { columns, header, rows, notes } = await writeSheet(parts, sheet, to, saying);
    const severalLines = columns.some((name) => /[\r\n]/.test(name));
    const file = await openOne(to, { delimiter: '\t', columns, header, severalLines });
    return { ...file, sheet: { name: sheet.name, rows, notes } };
  } finally {
    await parts.close();
  }
}
