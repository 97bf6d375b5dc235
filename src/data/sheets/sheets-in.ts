import { openParts } from './parts.js';
import { filledSheets } from './workbook.js';

/** The names of a workbook's sheets that show something, in their order. @throws WrongInput for a file that is none */
export async function sheetsIn(path: string): Promise<string[]> {
  const parts = await openParts(path);
  try {
    return await filledSheets(parts);
  } finally {
    await parts.close();
  }
}
