import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BrokenError } from '../../common/errors.js';
import { codeOf } from '../../common/files.js';
import { sizeText } from '../../common/size-text.js';
import { fetchOk } from '../sources/download.js';
import { RefusedSource } from '../web/ask.js';

/** What a server said; `unchanged`: that what it said last still holds. */
export type FeedAnswer = { unchanged: true } | { unchanged: false; bytes: Uint8Array; etag: string | null };

/** The state of every place of a large city has a few megabytes. */
export const largestAnswer = 20e6;
/** A state that is answered later than this is a state of the past. */
const patienceMs = 10_000;

/**
 * Asks a feed once, for what is newer than `etag` said.
 * @throws BrokenError for what a network or a server may mend by itself; RefusedSource for what is too large or elsewhere
 */
export async function fetchAnswer(
  url: string,
  { etag, signal }: { etag: string | null; signal: AbortSignal },
): Promise<FeedAnswer> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const headers = etag === null ? undefined : { 'If-None-Match': etag };
  const answer = await fetchOk(url, { headers, signal: patience }).catch((error: unknown) => {
    throw signal.aborted || !patience.aborted ? error : tooSlow(url);
  });
  if (answer.status === 304) return { unchanged: true };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > largestAnswer) throw tooLarge(url);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RefusedSource) throw error;
    signal.throwIfAborted();
    throw patience.aborted ? tooSlow(url) : new BrokenError(`${url}: broke off after ${size} bytes`, { cause: error });
  }
  const came = Buffer.concat(chunks);
  const bytes = answer.headers.get('content-encoding') === 'gzip' ? await unpacked(url, came) : came;
  return { unchanged: false, bytes, etag: answer.headers.get('etag') };
}

const tooSlow = (url: string) => new BrokenError(`${url}: was not answered within ${patienceMs / 1000} s`);
const tooLarge = (url: string) =>
  new RefusedSource(`${url}: found more than ${sizeText(largestAnswer)}, expected the state of one moment`);

const unzip = promisify(gunzip);
async function unpacked(url: string, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unzip(bytes, { maxOutputLength: largestAnswer });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url);
    throw new BrokenError(`${url}: found no gzip, though its answer says so`, { cause: error });
  }
}
