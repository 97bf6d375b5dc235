import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { readDirectory } from './directory.js';
import type { Archive, Member } from './member.js';
import { salvage } from './salvage.js';

/**
 * Opens a zip on this machine. One without a readable directory (cut off while copied or downloaded) is read from its
 * start: complete members are there, what is missing stands in `damage`.
 */
export async function openArchive(path: string): Promise<Archive> {
  return (await readDirectory(path)) ?? (await salvage(path));
}

/** A member whose bytes are not what the zip says about them. */
export class DamagedMember extends Error {}

/** Unpacks a member into a file; throws DamagedMember when its bytes do not agree with the zip's size or checksum. */
export async function extract(member: Member, to: string, signal?: AbortSignal): Promise<void> {
  let sum = 0;
  let size = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (size > member.size)
        done(new DamagedMember(`found more than ${member.size} bytes, expected as many as its zip says`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(await member.open(), check, createWriteStream(to, { highWaterMark: 1 << 20 }), { signal });
  } catch (error) {
    if (signal?.aborted || error instanceof DamagedMember || !isDataError(error)) throw error;
    throw new DamagedMember(`found data that cannot be unpacked (${error.message}), expected ${member.size} bytes`);
  }
  if (size !== member.size) throw new DamagedMember(`found ${size} bytes, expected ${member.size}`);
  if (sum !== member.crc32) {
    throw new DamagedMember(`found checksum ${hex(sum)}, expected ${hex(member.crc32)}`);
  }
}

const hex = (sum: number) => (sum >>> 0).toString(16).padStart(8, '0');

/** Errors of the disk have a `syscall`; those of zlib and of the zip reader have none. */
const isDataError = (error: unknown): error is Error => error instanceof Error && !('syscall' in error);
