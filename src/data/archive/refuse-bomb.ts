import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sizeText } from '../../common/size-text.js';
import { WrongInput } from '../../common/errors.js';
import { openArchive } from '../zip/archive.js';
import type { Archive } from '../zip/member.js';
import { BombError, bombMeter, isBomb } from '../../common/bomb.js';
import { limits } from '../files/limits.js';

/** Deflate makes at most so many bytes of one. */
const mostOfDeflate = 1032;

/**
 * Refuses a packed file that would fill the disk: by its directory for a zip, by unpacking it to nowhere for a gzip
 * that is large enough. Damage is no matter here. `file` is how people know it.
 * @throws WrongInput
 */
export async function refuseBomb(path: string, file: string, signal?: AbortSignal): Promise<void> {
  const { size } = await stat(path);
  const expected = `at most ${limits.ratio} times its size (${sizeText(size)})`;
  if (/\.(zip|xls[xm])$/i.test(path)) {
    const archive = await openArchive(path);
    await archive.close();
    const found = bombIn(archive, size);
    if (found !== undefined) throw new WrongInput({ file, found, expected });
  }
  if (!/\.gz$/i.test(path) || size * mostOfDeflate <= limits.ratioFrom) return;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip({ chunkSize: 1 << 20 }), bombMeter(size), nowhere, { signal });
  } catch (error) {
    if (error instanceof BombError)
      throw new WrongInput({ file, found: `more than ${sizeText(limits.ratioFrom)} of unpacked data`, expected });
    if (signal?.aborted) throw error;
  }
}

/** What makes a zip of `size` bytes one that nobody packed honestly; undefined for an honest one. */
function bombIn({ members, damage }: Archive, size: number): string | undefined {
  if (members.length + damage.length > limits.members) return `more than ${limits.members} members`;
  const places = [...members].sort((a, b) => a.from - b.from);
  const twice = places.find((member, at) => at > 0 && member.from < places[at - 1]!.to);
  if (twice) return `members that lie one over the other (${twice.name})`;
  const large = members.find((member) => isBomb(member.size, member.to - member.from));
  if (large) return `a member of ${sizeText(large.size)} unpacked (${large.name})`;
  const total = members.reduce((sum, member) => sum + member.size, 0);
  return isBomb(total, size) ? `${sizeText(total)} of unpacked data` : undefined;
}
