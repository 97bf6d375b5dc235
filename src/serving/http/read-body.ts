import type { IncomingMessage } from 'node:http';
import { badRequest, RequestError } from '../request-error.js';

/** A body that was read. */
export interface HeldBody {
  bytes: Uint8Array;
  /** It is no longer needed. */
  release(): void;
}

/**
 * Reads a request's body, at most `most` bytes of it.
 * @throws RequestError 413, 415 for a packed one, 429 while too many are held, 400 when it breaks off
 */
export type BodyReader = (request: IncomingMessage, most: number) => Promise<HeldBody>;

/** Bodies that still come and those that wait for their answers: `mostHeld` bytes of them at a time. */
export function bodyReader(mostHeld: number): BodyReader {
  let held = 0;

  return (request, most) =>
    new Promise((resolve, reject) => {
      const { headers } = request;
      const packing = headers['content-encoding'] ?? 'identity';
      if (packing !== 'identity')
        throw new RequestError(415, `found Content-Encoding ${packing}, expected a body that is not packed`);
      if (request.destroyed) throw badRequest('the body broke off before its end');
      let size = 0;
      const count = (more: number) => {
        if (size + more > most) throw new RequestError(413, `the body is larger than ${most >> 10} KiB`);
        if (held + more > mostHeld)
          throw new RequestError(429, 'too many large requests at once: send this one again later');
        size += more;
        held += more;
      };
      const release = () => {
        held -= size;
        size = 0;
      };
      const declared = headers['content-length'];
      // The parser lets no body be longer than it was declared.
      if (declared !== undefined) count(Number(declared));
      const chunks: Buffer[] = [];
      const fail = (error: Error) => {
        request.off('data', take);
        release();
        chunks.length = 0;
        reject(error);
      };
      const take = (chunk: Buffer) => {
        try {
          if (declared === undefined) count(chunk.length);
          chunks.push(chunk);
        } catch (error) {
          fail(error as Error);
        }
      };
      request.on('data', take);
      request.once('end', () => resolve({ bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), release }));
      request.once('close', () => request.complete || fail(badRequest('the body broke off before its end')));
      request.on('error', () => undefined);
    });
}
