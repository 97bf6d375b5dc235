import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveFormatOf } from '../../data/archive/archive.js';
import { formatOf, type TableFormat } from '../../data/table-formats.js';
import { previewParquet, type Wish } from '../../data/preview/parquet.js';
import { previewText } from '../../data/preview/text-table.js';
import type { ObjectPreview, TablePreview } from '../../documents/tables/previews.js';
import { checkUnchanged, identityOf, lookIntoArchive } from './archive.js';
import type { Source } from './source.js';
import { beginningOfText, lookIntoText } from './text.js';

/**
 * A look into an object by what its name says: the first rows of a table, what lies in an archive, or the beginning of
 * a text. As little of it is fetched as that takes, and nothing stays on this machine.
 * @throws InputError when it is not what its name says, or nothing that can be shown
 */
export async function previewObject(source: Source, wish: Wish): Promise<ObjectPreview> {
  const archive = archiveFormatOf(source.name);
  if (archive !== undefined) return lookIntoArchive(source, archive, wish);
  const table = await tableFormatOf(source, wish.signal);
  return table === undefined ? lookIntoText(source, wish.signal) : previewTable(source, table, wish);
}

async function previewTable(source: Source, format: TableFormat, wish: Wish): Promise<TablePreview> {
  const folder = await mkdtemp(join(tmpdir(), 'mlops-preview-'));
  try {
    const looked =
      format === 'parquet'
        ? await previewParquet(source, source.name, folder, wish)
        : await previewText(source, source.name, format, folder, wish);
    await checkUnchanged(source);
    return { kind: 'table-preview', schemaVersion: 1, ...identityOf(source), format, ...looked };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A JSON that is no list is a document: it has a text, and no rows. */
async function tableFormatOf(source: Source, signal?: AbortSignal): Promise<TableFormat | undefined> {
  const format = formatOf(source.name);
  if (format !== 'json') return format;
  const beginning = Buffer.from(await beginningOfText(source, 100, signal)).toString('utf8');
  return beginning.trimStart().startsWith('[') ? 'json' : undefined;
}
