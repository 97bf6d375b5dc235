import { Readable } from 'node:stream';

/** Bytes that lie anywhere and are read piece by piece. */
export interface Bytes {
  size: number;
  /** At most `length` bytes from `from` on; fewer only where they end. */
  read: (from: number, length: number) => Promise<Uint8Array>;
}

const pieceBytes = 4 << 20;

/** The bytes up to `to`, piece after piece: however many they are, few are in memory. */
export async function* piecesOf({ size, read }: Bytes, to = size, from = 0): AsyncGenerator<Uint8Array> {
  for (let at = from; at < Math.min(to, size);) {
    const piece = await read(at, Math.min(pieceBytes, to - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

export function streamOf(bytes: Bytes, to?: number): Readable {
  return Readable.from(piecesOf(bytes, to), { objectMode: false });
}

/** Reads around what is asked for are kept: somebody who reads a few bytes at a time asks the source once. */
export function buffered({ size, read }: Bytes, window = 1 << 20): Bytes {
  let start = 0;
  let held: Uint8Array = new Uint8Array();
  return {
    size,
    async read(from, length) {
      if (length > window) return read(from, length);
      if (from < start || from + length > start + held.length) {
        // A directory at the end is read forwards, after its last bytes: the window then reaches back.
        const begin = Math.max(0, Math.min(from, size - window));
        // Two may read at once: place and bytes change together.
        const piece = await read(begin, window);
        [start, held] = [begin, piece];
        return piece.subarray(from - begin, from - begin + length);
      }
      return held.subarray(from - start, from - start + length);
    },
  };
}
