import { Transform } from 'node:stream';
import { sizeText } from './size-text.js';

export const bombLimits = {
  /** No honest archive unpacks to so many times its size, */
  ratio: 200,
  /** once it has come so far. */
  ratioFrom: 1e9,
  /** Nor to more than this. */
  unpacked: 500e9,
};

/** Whether `unpacked` bytes are more than an honest archive makes of `packed` ones. */
export function isBomb(unpacked: number, packed: number): boolean {
  return unpacked > bombLimits.unpacked || (unpacked > bombLimits.ratioFrom && unpacked > bombLimits.ratio * packed);
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
  return `it unpacks to more than ${bombLimits.ratio} times its size (${sizeText(packed)})`;
}

/** An archive that is not what an honest one looks like. */
export class BombError extends Error {}
