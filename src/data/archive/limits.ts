import { Transform } from 'node:stream';
import { sizeText } from '../../common/size-text.js';

/** What listing an archive may cost before it stops and says so. */
export const limits = {
  /** More members are not listed. */
  members: 10_000,
  /** Packed bytes that are read unasked. */
  packed: 64e6,
  /** No honest archive unpacks to so many times its size, */
  ratio: 200,
  /** once it has come so far. */
  ratioFrom: 1e9,
  /** Nor to more than this. */
  unpacked: 500e9,
};

/** Whether `unpacked` bytes are more than an honest archive makes of `packed` ones. */
export function isBomb(unpacked: number, packed: number): boolean {
  return unpacked > limits.unpacked || (unpacked > limits.ratioFrom && unpacked > limits.ratio * packed);
}

/** Lets bytes pass that come of `packed` packed ones, until they are too many. @throws BombError into the stream */
export function bombMeter(packed: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (isBomb(passed, packed)) done(new BombError(bombText(packed)));
      else done(null, chunk);
    },
  });
}

export function bombText(packed: number): string {
  return `it unpacks to more than ${limits.ratio} times its size (${sizeText(packed)})`;
}

/** Why a member's name is not to be followed; null for a harmless one. It is never written to a disk anyway. */
export function nameDanger(name: string): string | null {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name)) return 'its name starts at the root of a disk';
  if (name.split(/[/\\]/).includes('..')) return 'its name leads out of the archive';
  return /\p{Cc}/u.test(name) ? 'its name has characters that cannot be shown' : null;
}

/** An archive that is not what an honest one looks like. */
export class BombError extends Error {}
