import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BombError, bombMeter } from '../../../common/bomb.js';
import { InputError } from '../../../common/errors.js';
import { isThere } from '../../../common/files.js';

/**
 * Whether an object is to be unpacked before it is read: it was stored with `Content-Encoding: gzip`, and its name does
 * not say so itself, by which readers would unpack it anyway.
 */
export function isPacked(key: string, encoding: string | undefined): boolean {
  return encoding === 'gzip' && !/\.t?gz$/i.test(key);
}

/**
 * The file as it reads, made once beside the one that was fetched; that one where its bytes are no gzip after all.
 * @param name what people know it by
 * @throws InputError for one that unpacks to many times what a table would
 */
export async function unpackedBeside(path: string, name: string, signal?: AbortSignal): Promise<string> {
  if (!(await isGzip(path))) return path;
  const unpacked = `${path.slice(0, path.length - extname(path).length)}.unpacked${extname(path)}`;
  if (await isThere(unpacked)) return unpacked;
  const half = `${unpacked}.${process.pid}.${randomUUID()}`;
  try {
    const meter = bombMeter((await stat(path)).size);
    await pipeline(createReadStream(path), createGunzip(), meter, createWriteStream(half), { signal });
    await rename(half, unpacked);
    return unpacked;
  } catch (error) {
    if (!(error instanceof BombError)) throw error;
    throw new InputError(`${name}: ${error.message}; it is not unpacked`, { cause: error });
  } finally {
    await rm(half, { force: true });
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
