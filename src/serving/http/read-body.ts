import type { IncomingMessage } from 'node:http';
import { badRequest, RequestError } from '../request-error.js';

/** A body that was read. */
export interface HeldBody {
  bytes: Uint8Array;
  /** It is no longer needed. */
  release(): void;
}

/**
 * Reads a request's body, at most `most` bytes of it, and hands it to `done`.
 * `fail` gets a RequestError: 413, 415 for a packed one, 429 while too many are held, 400 when it breaks off
 */
export type BodyReader = (
  request: IncomingMessage,
  most: number,
  done: (body: HeldBody) => void,
  fail: (error: RequestError) => void,
) => void;

/** Bodies that still come and those that wait for their answers: `mostHeld` bytes of them at a time. */
export function bodyReader(mostHeld: number): BodyReader {
  let held = 0;

  return (request, most, done, fail) => {
    const { headers } = request;
    const packing = headers['content-encoding'] ?? 'identity';
    if (packing !== 'identity')
      return fail(new RequestError(415, `found Content-Encoding ${packing}, expected a body that is not packed`));
    const declared = headers['content-length'];
    if (request.destroyed) return fail(badRequest('the body broke off before its end'));
    let [size, over] = [0, false];
    let chunks: Buffer[] = [];
    /** What of a body there is no room for; undefined: it was taken into account. */
    const tooMuch = (more: number): RequestError | undefined => {
      if (size + more > most) return new RequestError(413, `the body is larger than ${most >> 10} KiB`);
      if (held + more > mostHeld)
        return new RequestError(429, 'too many large requests at once: send this one again later');
      size += more;
      held += more;
      return undefined;
    };
    const release = () => {
      held -= size;
      size = 0;
    };
    const giveUp = (error: RequestError) => {
      over = true;
      request.off('data', take);
      release();
      chunks = [];
      fail(error);
    };
    const take = (chunk: Buffer) => {
      const problem = declared === undefined ? tooMuch(chunk.length) : undefined;
      if (problem === undefined) chunks.push(chunk);
      else giveUp(problem);
    };
    // The parser lets no body be longer than it was declared.
    const problem = declared === undefined ? undefined : tooMuch(Number(declared));
    if (problem !== undefined) return fail(problem);
    request.on('data', take);
    request.on('end', () => {
      if (!over) done({ bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), release });
    });
    request.on('close', () => {
      if (!over && !request.complete) giveUp(badRequest('the body broke off before its end'));
    });
  };
}
