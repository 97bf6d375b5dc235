import { open } from 'node:fs/promises';
import { fromRandomAccessReaderPromise, type Entry } from 'yauzl';
import { limits } from '../files/limits.js';
import { buffered, type Bytes } from '../bytes.js';
import { BytesReader } from './bytes-reader.js';
import { inflated } from './inflate.js';
import type { Archive, Member } from './member.js';

/** Of a member's own header, without the name and what may stand beside it. */
const headerBytes = 30;

/** The members that the zip's own directory lists (one more than an archive may have, at most); undefined when there is none, or it cannot be read. */
export async function readDirectory(path: string): Promise<Archive | undefined> {
  const file = await open(path);
  const { size } = await file.stat();
  const bytes: Bytes = {
    size,
    async read(from, length) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    },
  };
  // Names are decoded here: a zip is not refused as a whole for a strange name that nobody asks for.
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false };
  const zip = await fromRandomAccessReaderPromise(new BytesReader(buffered(bytes)), size, options).catch(
    async (error: unknown) => {
      await file.close();
      if (error instanceof Error && 'syscall' in error) throw error;
      return undefined;
    },
  );
  if (zip === undefined) return undefined;
  const members: Member[] = [];
  const damage: Archive['damage'] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (members.length + damage.length > limits.members) break;
      const name = nameOf(entry);
      if (entry.canDecodeFileData()) {
        members.push({
          name,
          size: entry.uncompressedSize,
          crc32: entry.crc32,
          from: entry.relativeOffsetOfLocalHeader,
          to: entry.relativeOffsetOfLocalHeader + headerBytes + entry.fileNameLength + entry.compressedSize,
          open: async () => {
            const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
            return entry.compressionMethod === 0 ? packed : inflated(packed);
          },
        });
      } else {
        damage.push({
          member: name,
          text: 'found a member that is encrypted or packed in an unknown way, expected deflate',
        });
      }
    }
  } catch {
    await file.close();
    return undefined;
  }
  return { members, damage, close: () => file.close() };
}

const nameOf = (entry: Entry): string => Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8');
