import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BrokenError, CancelledError, messageOf } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import { insideState } from '../../common/inside.js';
import { sha256 } from '../../common/hash.js';
import { ask, RefusedSource, type Asking } from '../web/ask.js';

export interface DownloadOptions {
  signal?: AbortSignal;
  /** Told after every piece: bytes so far, and of how many. */
  onProgress?: (done: number, total: number | null) => void;
  /** First wait between tries in milliseconds; it doubles with every try that brought nothing. */
  wait?: number;
}

const tries = 6;
const longestWait = 30_000;

/** An answer that trying again will not change. */
class FinalAnswer extends BrokenError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** No source is so large; a server that never ends would fill the disk. */
const largest = 200e9;

const final = (status: number) => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** A request whose answer is a success, or "not modified" where that was asked for; else BrokenError naming the URL and the answer, or RefusedSource. */
export async function fetchOk(url: string, asking: Asking): Promise<Response> {
  const answer = await ask(url, asking).catch((error: unknown) => {
    if (asking.signal?.aborted) throw new CancelledError();
    if (error instanceof RefusedSource) throw error;
    const cause = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
    throw new BrokenError(`${url}: ${cause}`, { cause: error });
  });
  if (answer.ok || (answer.status === 304 && asking.headers?.['If-None-Match'] !== undefined)) return answer;
  await answer.body?.cancel();
  const text = `${url}: answered ${answer.status} ${answer.statusText}`.trimEnd();
  throw final(answer.status) ? new FinalAnswer(text, answer.status) : new BrokenError(text);
}

/** Tries again what a network may break, with longer and longer waits while nothing comes. */
async function retried<Result>(
  work: () => Promise<Result>,
  { signal, wait = 500 }: DownloadOptions,
  movedOn: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<Result> {
  for (let failed = 1; ; failed++) {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw new CancelledError('cancelled', { cause: error });
      if (await movedOn()) failed = 1;
      if (error instanceof FinalAnswer || error instanceof RefusedSource || failed >= tries) throw error;
      const pause = Math.min(wait * 2 ** (failed - 1), longestWait);
      await delay(pause, undefined, { signal }).catch(() => {
        throw new CancelledError();
      });
    }
  }
}

/** What a server says about a file's content (size, date, tag), hashed: another content has another identity. */
export async function identityOfUrl(url: string, signal?: AbortSignal): Promise<string> {
  const { headers } = await retried(() => fetchOk(url, { method: 'HEAD', signal }), { signal });
  return sha256(['etag', 'content-length', 'last-modified'].map((name) => headers.get(name) ?? '').join('|'));
}

/**
 * Downloads to `to`. A connection that breaks is taken up where it broke (Range, If-Range), also by a later call with
 * the same `to`; after six tries in a row that bring nothing it is BrokenError. Bytes that came lie in `<to>.part`.
 */
export async function download(url: string, to: string, options: DownloadOptions = {}): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.part`;
  for (const path of [to, part, `${part}.json`]) insideState(path);
  const sizeOfPart = async () => (await stat(part).catch(() => undefined))?.size ?? 0;
  let before = await sizeOfPart();
  await retried(
    () => attempt(url, part, options),
    options,
    async () => {
      const grown = (await sizeOfPart()) > before;
      before = await sizeOfPart();
      return grown;
    },
  );
  await rename(part, to);
  await rm(`${part}.json`, { force: true });
}

/** Asks for what is missing of `part` and appends it; returns when it is complete. */
async function attempt(url: string, part: string, { signal, onProgress }: DownloadOptions): Promise<void> {
  const have = (await stat(part).catch(() => undefined))?.size ?? 0;
  const known = await validatorOf(part, url);
  const resume = have > 0 && known !== undefined;
  const headers = resume ? { Range: `bytes=${have}-`, 'If-Range': known } : undefined;
  const answer = await fetchOk(url, { headers, signal }).catch(async (error: unknown) => {
    // "Range not satisfiable": what lies here is not a beginning of what the server has now.
    if (resume && error instanceof FinalAnswer && error.status === 416) {
      await rm(part, { force: true });
      throw new BrokenError(error.message);
    }
    throw error;
  });
  const continues =
    resume && answer.status === 206 && answer.headers.get('content-range')?.startsWith(`bytes ${have}-`);
  if (answer.status === 206 && !continues)
    throw new BrokenError(`${url}: answered with another part than was asked for`);

  const start = continues ? have : 0;
  const length = answer.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  const validator = answer.headers.get('etag') ?? answer.headers.get('last-modified');
  if (validator !== null && !validator.startsWith('W/')) {
    await writeFile(`${part}.json`, JSON.stringify({ url, validator }));
  } else await rm(`${part}.json`, { force: true });

  const tooLarge = (size: number) =>
    new RefusedSource(`${url}: found more than ${sizeText(size)}, expected a source of at most ${sizeText(largest)}`);
  if ((total ?? 0) > largest) {
    await answer.body?.cancel();
    throw tooLarge(largest);
  }
  let done = start;
  const file = await open(part, continues ? 'a' : 'w');
  try {
    for await (const chunk of answer.body ?? []) {
      await file.write(chunk);
      done += chunk.length;
      if (done > largest) throw tooLarge(largest);
      onProgress?.(done, total);
    }
  } catch (error) {
    if (error instanceof RefusedSource) throw error;
    const cause = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
    throw new BrokenError(`${url}: broke off after ${done} bytes: ${cause}`, { cause: error });
  } finally {
    await file.close();
  }
  if (total !== null && done !== total) throw new BrokenError(`${url}: found ${done} bytes, expected ${total}`);
}

async function validatorOf(part: string, url: string): Promise<string | undefined> {
  try {
    const stored = JSON.parse(await readFile(`${part}.json`, 'utf8')) as { url?: string; validator?: string };
    return stored.url === url ? stored.validator : undefined;
  } catch {
    return undefined;
  }
}
