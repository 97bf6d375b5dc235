import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { CancelledError, InputError, messageOf } from '../../common/errors.js';
import type { ArchiveMember } from '../../documents/tables/previews.js';
import { buffered, type Bytes } from '../bytes.js';
import { BytesReader } from '../zip/bytes-reader.js';
import { inflated } from '../zip/inflate.js';
import { beginningOf } from '../files/beginning.js';
import { limits, nameDanger } from '../files/limits.js';
import type { Listed, Looking, MemberBytes } from './member.js';

/** Lists by the zip's own directory, which stands at its end: nothing else of it is read. */
export async function listZip(bytes: Bytes, { signal }: Looking): Promise<Listed> {
  const members: ArchiveMember[] = [];
  const stopped = (reason: string): Listed => ({
    members,
    complete: false,
    unread: null,
    reasons: { members: reason },
  });
  try {
    for await (const { entry } of entriesOf(bytes, signal)) {
      if (members.length === limits.members) return stopped(`only the first ${limits.members} members are listed`);
      members.push(memberOf(entry));
    }
    return { members, complete: true, unread: null, reasons: {} };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError('cancelled', { cause: error });
    // What the place that it lies in says is no damage.
    if (error instanceof Error && 'exitCode' in error) throw error;
    return stopped(`it is damaged: ${messageOf(error)}`);
  }
}

export async function readZipMember(
  bytes: Bytes,
  wanted: string,
  most: number,
  signal?: AbortSignal,
): Promise<MemberBytes | undefined> {
  for await (const { entry, zip } of entriesOf(bytes, signal)) {
    const { name, size, modifiedAt, closed, type } = memberOf(entry);
    if (name !== wanted || type !== 'file') continue;
    if (!entry.canDecodeFileData()) throw new InputError(`${name}: ${closed}`);
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const data = entry.compressionMethod === 0 ? packed : inflated(packed);
    // One byte more than it says it has would already be a lie; nobody reads on behind that.
    return { bytes: await beginningOf(data, Math.min(most, size)), size, modifiedAt };
  }
  return undefined;
}

async function* entriesOf(bytes: Bytes, signal?: AbortSignal): AsyncGenerator<{ entry: Entry; zip: ZipFile }> {
  // Names are decoded here: a zip is not refused as a whole for a strange name that nobody asks for.
  const zip = await fromRandomAccessReaderPromise(new BytesReader(buffered(bytes)), bytes.size, {
    autoClose: false,
    lazyEntries: true,
    decodeStrings: false,
  });
  try {
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      yield { entry, zip };
    }
  } finally {
    zip.close();
  }
}

function memberOf(entry: Entry): ArchiveMember {
  const name = Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8');
  const type = name.endsWith('/') ? 'folder' : 'file';
  const locked = entry.canDecodeFileData() ? null : 'it is encrypted or packed in an unknown way';
  const closed = nameDanger(name) ?? (type === 'folder' ? 'it is a folder' : locked);
  return { name, type, size: entry.uncompressedSize, modifiedAt: timeOf(entry), closed };
}

/** A date that no calendar has is none. */
function timeOf(entry: Entry): string | null {
  const time = entry.getLastModDate();
  return Number.isFinite(time.getTime()) ? time.toISOString() : null;
}
