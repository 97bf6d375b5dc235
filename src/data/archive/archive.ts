import { CancelledError, InputError, messageOf, NoSuchObject } from '../../common/errors.js';
import type { ArchiveContents } from '../../documents/tables/previews.js';
import type { Bytes } from '../bytes.js';
import type { Listed, Looking, MemberBytes } from './member.js';

// Loaded when an archive is looked into: most windows never do.
const zip = () => import('./zip.js');
const tar = () => import('./tar.js');

export type ArchiveFormat = ArchiveContents['format'];

const formats: [RegExp, ArchiveFormat][] = [
  [/\.(tar\.gz|tgz)$/i, 'tar.gz'],
  [/\.tar$/i, 'tar'],
  [/\.(zip|npz|whl|jar)$/i, 'zip'],
];

/** What a name says that an object is; undefined for anything but an archive. */
export function archiveFormatOf(name: string): ArchiveFormat | undefined {
  return formats.find(([pattern]) => pattern.test(name))?.[1];
}

/** The members of an archive. One that is damaged or too large is listed as far as it can be, with the reason. */
export async function listArchive(bytes: Bytes, format: ArchiveFormat, options: Looking = {}): Promise<Listed> {
  if (format === 'zip') return (await zip()).listZip(bytes, options);
  return (await tar()).listTar(bytes, format === 'tar.gz', options);
}

/**
 * The first `most` bytes of one member, in memory: nothing is ever written under a name that an archive gives.
 * @throws InputError when there is no such member, or it cannot be opened
 */
export async function readMember(
  bytes: Bytes,
  format: ArchiveFormat,
  name: string,
  most: number,
  signal?: AbortSignal,
): Promise<MemberBytes> {
  const read =
    format === 'zip'
      ? (await zip()).readZipMember(bytes, name, most, signal)
      : (await tar()).readTarMember(bytes, format === 'tar.gz', name, most, signal);
  const found = await read.catch((error: unknown) => {
    if (signal?.aborted) throw new CancelledError('cancelled', { cause: error });
    // What the place that it lies in says is no damage.
    if (error instanceof Error && 'exitCode' in error) throw error;
    throw new InputError(`"${name}" cannot be read from the archive: ${messageOf(error)}`, { cause: error });
  });
  if (found === undefined) throw new NoSuchObject(`found no file "${name}" in the archive`, name);
  return found;
}
