import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { isBomb } from '../../common/bomb.js';
import { limits } from '../files/limits.js';
import { inflated } from './inflate.js';
import type { Archive, Member } from './member.js';

// Layout: PKWARE's APPNOTE, 4.3.7 (local header), 4.3.9 (data descriptor), 4.5.3 (ZIP64 sizes).
const signatures = { member: 0x04034b50, directory: 0x02014b50, end: 0x06054b50, descriptor: 0x08074b50 };
const headerBytes = 30;
const sizesFollow = 0x08;
const encrypted = 0x01;

interface Header {
  name: string;
  flags: number;
  method: number;
  crc32: number;
  packed: number;
  size: number;
  dataStart: number;
}

/**
 * Reads a zip from its start, member by member, for one whose directory is missing or broken. Ends at the directory,
 * at the end of the file or at the first place that is no member; all but the first is damage.
 */
export async function salvage(path: string): Promise<Archive> {
  const file = await open(path);
  const members: Member[] = [];
  const damage: Archive['damage'] = [];
  try {
    const { size: end } = await file.stat();
    let at = 0;
    for (;;) {
      if (members.length + damage.length > limits.members) break;
      const signature = await signatureAt(file, at);
      if (signature === signatures.directory || signature === signatures.end) break;
      if (signature === undefined) {
        damage.push({
          text: `found its end at byte ${end}, expected the zip's directory: later members may be missing`,
        });
        break;
      }
      if (signature !== signatures.member) {
        damage.push({ text: `found no member of a zip at byte ${at}, expected one: what follows cannot be read` });
        break;
      }
      const header = await headerAt(file, at, end);
      const next = header && (await memberAt(path, file, header, end));
      if (header === undefined || next === undefined) {
        const text = `found the end of the file inside this member, expected ${missing(header, end)}`;
        damage.push({ member: header?.name, text });
        break;
      }
      if ('damage' in next) damage.push({ member: header.name, text: next.damage });
      else members.push(next.member);
      if (next.end === undefined) break;
      at = next.end;
    }
    return { members, damage, close: () => Promise.resolve() };
  } finally {
    await file.close();
  }
}

const missing = (header: Header | undefined, end: number): string =>
  header && (header.flags & sizesFollow) === 0
    ? `${header.dataStart + header.packed - end} more bytes`
    : 'the rest of it';

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return bytesRead < length ? undefined : buffer;
}

const signatureAt = async (file: FileHandle, at: number): Promise<number | undefined> =>
  (await bytesAt(file, at, 4))?.readUInt32LE(0);

async function headerAt(file: FileHandle, at: number, end: number): Promise<Header | undefined> {
  const fixed = await bytesAt(file, at, headerBytes);
  if (fixed === undefined) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const extraLength = fixed.readUInt16LE(28);
  const rest = await bytesAt(file, at + headerBytes, nameLength + extraLength);
  if (rest === undefined) return undefined;
  const sizes = zip64Sizes(rest.subarray(nameLength)) ?? {
    size: fixed.readUInt32LE(22),
    packed: fixed.readUInt32LE(18),
  };
  const dataStart = at + headerBytes + nameLength + extraLength;
  if (dataStart > end) return undefined;
  return {
    name: rest.subarray(0, nameLength).toString('utf8'),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc32: fixed.readUInt32LE(14),
    ...sizes,
    dataStart,
  };
}

function zip64Sizes(extra: Buffer): { size: number; packed: number } | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1 && extra.readUInt16LE(at + 2) >= 16 && at + 20 <= extra.length) {
      return { size: Number(extra.readBigUInt64LE(at + 4)), packed: Number(extra.readBigUInt64LE(at + 12)) };
    }
  }
  return undefined;
}

type Found = { member: Member; end: number } | { damage: string; end: number | undefined };

/** The member behind a header, and where the next one begins; undefined when the file ends inside it. */
async function memberAt(path: string, file: FileHandle, header: Header, end: number): Promise<Found | undefined> {
  const { dataStart, method } = header;
  const known = (header.flags & sizesFollow) === 0;
  if (known && dataStart + header.packed > end) return undefined;
  if ((header.flags & encrypted) !== 0 || (method !== 0 && method !== 8) || (method === 0 && !known)) {
    const text = 'found a member that is encrypted or packed in an unknown way, expected deflate';
    return { damage: text, end: known ? dataStart + header.packed : undefined };
  }
  if (known) return { member: memberOf(path, header), end: dataStart + header.packed };

  // Its sizes stand behind its data, so that the data's end is only found by unpacking it.
  const unpacked = await measure(path, dataStart);
  if (unpacked === 'cut off') return undefined;
  if (unpacked === 'damaged') return { damage: 'found data that cannot be unpacked, expected deflate', end: undefined };
  const descriptor = await descriptorAt(file, dataStart + unpacked.packed, unpacked);
  if (descriptor === undefined) return undefined;
  return { member: memberOf(path, { ...header, ...unpacked, crc32: descriptor.crc32 }), end: descriptor.end };
}

function memberOf(path: string, { name, size, crc32, method, dataStart, packed }: Header): Member {
  const place = { from: dataStart - headerBytes - Buffer.byteLength(name), to: dataStart + packed };
  const open = (): Promise<Readable> => {
    if (packed === 0) return Promise.resolve(Readable.from([]));
    const data = createReadStream(path, { start: dataStart, end: dataStart + packed - 1 });
    return Promise.resolve(method === 0 ? data : inflated(data));
  };
  return { name, size, crc32, ...place, open };
}

/** Unpacks from a place on, to see where the data ends. */
async function measure(path: string, start: number): Promise<{ packed: number; size: number } | 'cut off' | 'damaged'> {
  const data = createReadStream(path, { start });
  const inflate = createInflateRaw();
  data.pipe(inflate);
  let size = 0;
  try {
    for await (const chunk of inflate) {
      size += (chunk as Buffer).length;
      if (isBomb(size, inflate.bytesWritten)) return 'damaged';
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'cut off' : 'damaged';
  } finally {
    data.destroy();
  }
  return { packed: inflate.bytesWritten, size };
}

/** Checksum behind a member's data, and where it ends: with or without signature, sizes of 4 or 8 bytes. */
async function descriptorAt(
  file: FileHandle,
  at: number,
  { packed, size }: { packed: number; size: number },
): Promise<{ crc32: number; end: number } | undefined> {
  const signed = (await signatureAt(file, at)) === signatures.descriptor;
  const start = signed ? at + 4 : at;
  const short = await bytesAt(file, start, 12);
  if (short === undefined) return undefined;
  const wide = short.readUInt32LE(4) === packed && short.readUInt32LE(8) === 0 && size !== 0;
  const length = wide && (await bytesAt(file, start, 20)) !== undefined ? 20 : 12;
  return { crc32: short.readUInt32LE(0), end: start + length };
}
