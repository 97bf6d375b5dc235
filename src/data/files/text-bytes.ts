import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { WrongInput } from '../../common/errors.js';
import type { Encoding } from '../../documents/tables/encodings.js';
import { markOf, notUtf8 } from './encodings.js';

const pieceBytes = 1 << 20;

/**
 * The bytes of a text file (of a `.gz` the unpacked ones, to its checksum) without the mark that some programs put
 * before UTF-8.
 * @throws WrongInput for a damaged `.gz` and for UTF-16
 */
export async function* bytesOfText(path: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const bytes of unpacked(path)) {
    if (first && markOf(bytes)?.startsWith('utf-16') === true) {
      const [found, expected] = notUtf8(bytes);
      throw new WrongInput({ file: basename(path), line: 1, found, expected });
    }
    yield first && isMarked(bytes) ? bytes.subarray(3) : bytes;
    first = false;
  }
}

const isMarked = (bytes: Uint8Array): boolean => markOf(bytes) === 'utf-8';

/** What the mark at the beginning of a text file says, of a `.gz` that of the unpacked text. */
export async function markOfFile(path: string): Promise<Encoding | undefined> {
  for await (const bytes of unpacked(path)) return markOf(bytes);
  return undefined;
}

/** The bytes as they lie in the file, of a `.gz` unpacked. @throws WrongInput for a damaged `.gz` */
export const rawBytesOfText = (path: string): AsyncGenerator<Buffer> => unpacked(path);

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: pieceBytes });
  if (!/\.gz$/i.test(path)) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const unpacking = createGunzip({ chunkSize: pieceBytes });
  file.on('error', (error) => unpacking.destroy(error));
  try {
    yield* file.pipe(unpacking) as AsyncIterable<Buffer>;
  } catch (error) {
    const found = gzipWords(error);
    throw new WrongInput({ file: basename(path), found, expected: 'a whole gzip file' }, { cause: error });
  } finally {
    file.destroy();
  }
}

function gzipWords(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'Z_BUF_ERROR':
      return 'its end missing';
    case 'Z_DATA_ERROR':
      return 'bytes that cannot be unpacked';
    default:
      return String((error as Error).message);
  }
}

/** Looks whether bytes are UTF-8, piece by piece: `write` and `end` return how many bytes of the piece are, all of them if so. */
export function utf8Check() {
  // A letter may lie across two pieces: at most its first three bytes wait for the next.
  let waiting = Buffer.alloc(0);
  return {
    write(bytes: Uint8Array): number {
      const whole = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
      const end = endOfLetters(whole);
      if (isUtf8(whole.subarray(0, end))) {
        waiting = Buffer.from(whole.subarray(end));
        return bytes.length;
      }
      return Math.max(0, firstBad(whole) - (whole.length - bytes.length));
    },
    end: (): boolean => waiting.length === 0,
  };
}

/** Where the last letter that is there as a whole ends. */
function endOfLetters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    const takes = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
    if (takes > 0) return takes > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function firstBad(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  // The longest beginning that is UTF-8, but for a letter that is cut.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const head = bytes.subarray(0, middle);
    if (isUtf8(head.subarray(0, endOfLetters(head)))) good = middle;
    else bad = middle;
  }
  return good;
}
