import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileError } from './files.js';

/** Lower-case hex sha256 of bytes or UTF-8 text. */
export function sha256(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Lower-case hex sha256 of a file, read in pieces. @throws BrokenError naming the path */
export async function sha256OfFile(path: string, options: { signal?: AbortSignal } = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw fileError('read', path, error);
  }
  return hash.digest('hex');
}

/** Compares two secrets in a time that does not tell where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** As `isSameSecret`, for one secret that is asked for often; only its length can be found out. */
export function secretCheck(secret: string): (given: string) => boolean {
  const expected = Buffer.from(secret);
  return (given) => {
    if (given.length !== secret.length) return false;
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  };
}
