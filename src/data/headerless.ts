import { basename } from 'node:path';
import { WrongInput } from '../common/errors.js';
import { unpackedTable } from './archive/packed-table.js';
import { inUtf8 } from './files/decode-text.js';
import { delimitedTable, openDelimited } from './files/delimited-table.js';
import type { Saying } from './files/saying.js';
import type { Session } from './duckdb/session.js';
import { formatOf, type TableFormat } from './table-formats.js';
import { type Table } from './tables.js';

/**
 * Rows of a delimited file without a header, its columns named `0`, `1`, … What separates them is what the first lines
 * show: tabs, commas, semicolons or spaces.
 * @throws WrongInput naming file and line
 */
export async function headerlessFile(
  session: Session,
  path: string,
  saying: Saying & { given?: TableFormat },
): Promise<Table> {
  const unpacked = await unpackedTable(path, session.temporary);
  const format = saying.given ?? formatOf(unpacked);
  if (format !== undefined && format !== 'csv' && format !== 'tsv')
    throw new WrongInput({
      file: basename(path),
      found: format,
      expected: 'delimited text: only that can lack a header',
    });
  const text = await inUtf8(unpacked, saying.encoding, session.temporary);
  const table = await delimitedTable(session, await openDelimited([text], format ?? 'unknown', false), saying);
  return { ...table, indexes: [], namedIndexes: [] };
}
