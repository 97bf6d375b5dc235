import type { Context } from 'hono';
import { badRequest, RequestError } from './request-error.js';
import type { HeldBody, Variables } from './variables.js';

/**
 * Reads a request's body, at most `most` bytes of it, once however often it is asked for.
 * @throws RequestError 413, 415 for a packed one, 429 while too many are held, 400 when it breaks off
 */
export type BodyReader = (c: Context<Variables>, most: number) => Promise<HeldBody>;

/** Bodies that still come and those that wait for their answers: `mostHeld` bytes of them at a time. */
export function bodyReader(mostHeld: number): BodyReader {
  let held = 0;

  function hold(size: number): void {
    held += size;
    if (held > mostHeld) throw new RequestError(429, 'too many large requests at once: send this one again later');
  }

  async function read(c: Context<Variables>, most: number): Promise<HeldBody> {
    const packing = c.req.header('content-encoding') ?? 'identity';
    if (packing !== 'identity')
      throw new RequestError(415, `found Content-Encoding ${packing}, expected a body that is not packed`);
    const declared = c.req.header('content-length');
    let size = 0;
    const count = (more: number) => {
      if (size + more > most) throw new RequestError(413, `the body is larger than ${most >> 10} KiB`);
      size += more;
      hold(more);
    };
    const release = () => {
      held -= size;
      size = 0;
    };
    try {
      if (declared === undefined) return { bytes: await chunksOf(c.req.raw, count), release };
      // The server lets no body be longer than it was declared.
      count(Number(declared));
      return { bytes: new Uint8Array(await c.req.arrayBuffer()), release };
    } catch (error) {
      release();
      throw error instanceof RequestError ? error : badRequest('the body broke off before its end');
    }
  }

  return (c, most) => {
    const reading = c.get('body') ?? read(c, most);
    c.set('body', reading);
    return reading;
  };
}

/** A stream that is left in the middle is not cancelled: that would close the connection before the answer is sent. */
async function chunksOf({ body }: Request, count: (more: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = (body as ReadableStream<Uint8Array> | null)?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) return Buffer.concat(chunks);
    count(value.length);
    chunks.push(value);
  }
}
