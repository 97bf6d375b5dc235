import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { piecesOf, type Bytes } from '../bytes.js';

/**
 * How the zip library asks for bytes. Its own reader streams anew for every few bytes of a directory, and its file reader
 * throws past every callback when a zip of 64 bits names a place that no file has.
 */
export class BytesReader extends RandomAccessReader {
  constructor(readonly bytes: Bytes) {
    super();
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.bytes, end, start), { objectMode: false });
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (position + length > this.bytes.size) return callback(new Error('it names a place behind its own end'));
    this.bytes.read(position, length).then(
      (found) => {
        buffer.set(found, offset);
        callback(found.length < length ? new Error('unexpected end of the file') : null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
