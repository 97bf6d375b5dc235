import { basename } from 'node:path/posix';
import { InputError, NoSuchObject } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import { archiveFormatOf, readMember } from '../../data/archive/archive.js';
import type { Bytes } from '../../data/bytes.js';
import type { Environment } from '../../platform/ports/environment.js';

/** An object's address: a key of the environment's own bucket where none is named. */
export interface At {
  bucket?: string;
  key: string;
}

/** An object, or a member of an archive, as bytes that are read where they lie. */
export interface Source extends Bytes {
  uri: string;
  name: string;
  /** Whether it is still what it was when it was opened: its parts are read one by one. */
  unchanged: () => Promise<boolean>;
}

/** @throws InputError when there is no such object */
export async function openSource(
  { name: place, bucket: own, objects }: Environment,
  at: At,
  signal?: AbortSignal,
): Promise<Source> {
  const { key, bucket } = at;
  const options = { bucket, signal };
  const uri = `s3://${bucket ?? own}/${key}`;
  const gone = () => new NoSuchObject(`found no object ${uri} in environment ${place}`, uri);
  const found = await objects.head(key, options);
  if (found === undefined) throw gone();
  return {
    uri,
    name: basename(key),
    size: found.size,
    async read(from, length) {
      const bytes = await objects.read(key, { ...options, from, maxBytes: length });
      if (bytes === undefined) throw gone();
      return bytes;
    },
    async unchanged() {
      const now = await objects.head(key, options);
      return now?.size === found.size && now.modifiedAt === found.modifiedAt;
    },
  };
}

/** A member is held in memory while it is looked at. */
const mostOfMember = 64e6;

/** @throws InputError when the source is no archive, or has no such member */
export async function memberSource(archive: Source, member: string, signal?: AbortSignal): Promise<Source> {
  const format = archiveFormatOf(archive.name);
  if (format === undefined) throw new InputError(`${archive.name}: found no archive, expected .tar.gz, .tar or .zip`);
  const { bytes, size } = await readMember(archive, format, member, mostOfMember, signal);
  if (size > bytes.length) {
    const most = sizeText(mostOfMember);
    throw new InputError(`${member}: found ${sizeText(size)}, expected at most ${most} in a file that is looked into`);
  }
  return {
    uri: `${archive.uri}!/${member}`,
    name: basename(member),
    size,
    read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)),
    unchanged: archive.unchanged,
  };
}
