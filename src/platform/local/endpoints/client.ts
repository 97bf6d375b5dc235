import { BrokenError, messageOf } from '../../../common/errors.js';
import type { EndpointFolder, StateFile } from './folder.js';
import { readToken } from './secrets.js';

const pingMs = 2_000;
const answerMs = 60_000;

/** Whether exactly this process answers at its address: another one could have got its port. */
export async function pings(state: StateFile): Promise<boolean> {
  try {
    const response = await fetch(`${state.url}/ping`, { signal: AbortSignal.timeout(pingMs) });
    const { nonce } = (await response.json()) as { nonce?: unknown };
    return response.ok && typeof nonce === 'string' && nonce === state.nonce;
  } catch {
    return false;
  }
}

/** One request with the endpoint's token. @throws BrokenError when nothing answers */
export async function ask(
  folder: EndpointFolder,
  state: StateFile,
  method: 'GET' | 'POST',
  path: string,
  request: { body?: Uint8Array | string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  const authorization = `Bearer ${await readToken(folder)}`;
  const limit = AbortSignal.timeout(answerMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  const body = typeof request.body === 'string' ? request.body : request.body && Buffer.from(request.body);
  try {
    return await fetch(`${state.url}${path}`, { method, headers: { ...request.headers, authorization }, body, signal });
  } catch (error) {
    request.signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new BrokenError(`endpoint ${folder.name} does not answer at ${state.url}: ${messageOf(cause)}`, {
      cause: error,
    });
  }
}
