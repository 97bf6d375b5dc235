import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { CancelledError, messageOf } from '../../common/errors.js';
import type { ArchiveMember } from '../../documents/tables/previews.js';
import { streamOf, type Bytes } from '../bytes.js';
import { beginningOf } from '../files/beginning.js';
import { BombError, bombMeter } from '../../common/bomb.js';
import { limits, nameDanger } from '../files/limits.js';
import type { Listed, Looking, MemberBytes } from './member.js';

/** One file of the tar with its data. */
type Entry = Extract extends AsyncIterable<infer One> ? One : never;

const types: Record<string, ArchiveMember['type']> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'link',
  link: 'link',
};

export async function listTar(bytes: Bytes, packed: boolean, { whole, signal }: Looking): Promise<Listed> {
  const to = whole ? bytes.size : Math.min(bytes.size, limits.packed);
  const members: ArchiveMember[] = [];
  const stopped = (reason: string, unread: number | null): Listed => {
    return { members, complete: false, unread, reasons: { members: reason } };
  };
  try {
    for await (const { header } of entriesOf(bytes, packed, { to, signal })) {
      if (members.length === limits.members)
        return stopped(`only the first ${limits.members} members are listed`, null);
      const { name, size, mtime } = header;
      const type = types[header.type] ?? 'other';
      const closed =
        nameDanger(name) ?? (type === 'file' ? null : `it is a ${type === 'other' ? 'special file' : type}`);
      members.push({ name, type, size, modifiedAt: timeOf(mtime), closed });
    }
    return { members, complete: true, unread: null, reasons: {} };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError('cancelled', { cause: error });
    if (error instanceof BombError) return stopped(error.message, null);
    if (error instanceof Error && 'exitCode' in error) throw error;
    const cut = to < bytes.size;
    if (cut) return stopped('only its beginning was read', bytes.size);
    return stopped(`it is damaged: ${messageOf(error)}`, null);
  }
}

export async function readTarMember(
  bytes: Bytes,
  packed: boolean,
  wanted: string,
  most: number,
  signal?: AbortSignal,
): Promise<MemberBytes | undefined> {
  for await (const entry of entriesOf(bytes, packed, { to: bytes.size, signal, keep: wanted })) {
    const { name, size, mtime, type } = entry.header;
    if (name !== wanted || types[type] !== 'file') continue;
    return { bytes: await beginningOf(entry as AsyncIterable<Uint8Array>, most), size, modifiedAt: timeOf(mtime) };
  }
  return undefined;
}

/** The entries of a tar, one after another; data that nobody keeps passes by. */
async function* entriesOf(
  bytes: Bytes,
  packed: boolean,
  { to, signal, keep }: { to: number; signal?: AbortSignal; keep?: string },
): AsyncGenerator<Entry> {
  const meter = bombMeter(bytes.size);
  const source = streamOf(bytes, to);
  const entries: Extract = meter.pipe(extract());
  pipeline(packed ? [source, createGunzip(), meter] : [source, meter], (error) => {
    if (error) entries.destroy(error);
  });
  signal?.addEventListener('abort', () => source.destroy(new CancelledError()), { once: true });
  try {
    for await (const entry of entries) {
      yield entry;
      if (entry.header.name !== keep) entry.resume();
    }
  } finally {
    source.destroy();
  }
}

function timeOf(time: Date | undefined): string | null {
  return time && Number.isFinite(time.getTime()) ? time.toISOString() : null;
}
