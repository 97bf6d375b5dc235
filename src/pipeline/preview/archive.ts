import { BrokenError } from '../../common/errors.js';
import { listArchive, type ArchiveFormat } from '../../data/archive/archive.js';
import type { ArchiveContents } from '../../documents/tables/previews.js';
import type { Source } from './source.js';

/** What lies in an archive. */
export async function lookIntoArchive(
  source: Source,
  format: ArchiveFormat,
  options: { whole?: boolean; signal?: AbortSignal },
): Promise<ArchiveContents> {
  const listed = await listArchive(source, format, options);
  await checkUnchanged(source);
  return { kind: 'archive-contents', schemaVersion: 1, ...identityOf(source), format, ...listed };
}

export const identityOf = ({ uri, name, size }: Source) => ({ uri, name, size });

/** @throws BrokenError when parts of two states may have been read */
export async function checkUnchanged({ uri, unchanged }: Source): Promise<void> {
  if (!(await unchanged())) throw new BrokenError(`${uri} was replaced while it was read; look again`);
}
