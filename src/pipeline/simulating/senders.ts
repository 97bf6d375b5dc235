import { readFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, InputError } from '../../common/errors.js';
import type { EndpointInfo, EndpointReader } from '../../platform/ports/endpoints.js';
import type { Simulated } from './requests.js';
import type { Send } from './send.js';

/** How long a slow body takes, in how many pieces. */
const slowMs = 2_000;
const pieces = 8;

/** Sends what is whole by the service's own call, and slow bodies over HTTP of this machine. */
export function senderTo(endpoints: EndpointReader, info: EndpointInfo): Send {
  const slowly =
    info.url === undefined || info.tokenFile === undefined
      ? undefined
      : slowSender(info.name, info.url, info.tokenFile);
  return async (request, inferenceId, signal) => {
    if (request.slow && slowly !== undefined) return slowly(request, inferenceId, signal);
    const { text: body, contentType } = request;
    const from = performance.now();
    const { status } = await endpoints.invoke(info.name, { body, contentType, inferenceId }, { signal });
    return { status, ms: performance.now() - from };
  };
}

/** @throws InputError where bodies cannot be slow: a service takes them whole before the endpoint sees them */
export function mustTakeSlowly({ name, url, tokenFile }: EndpointInfo): void {
  if (url === undefined || tokenFile === undefined)
    throw new InputError(
      `simulate: ${name} is reached through its service, which takes no slow bodies; choose another profile`,
    );
}

function slowSender(name: string, url: string, tokenFile: string): Send {
  const token = readFile(tokenFile, 'utf8');
  return async (request, inferenceId, signal) => {
    const headers = {
      'content-type': request.contentType,
      'content-length': Buffer.byteLength(request.text),
      authorization: `Bearer ${(await token).trim()}`,
      'x-amzn-sagemaker-inference-id': inferenceId,
    };
    return inPieces(`${url}/endpoints/${name}/invocations`, headers, request, signal);
  };
}

async function inPieces(
  url: string,
  headers: Record<string, string | number>,
  { text }: Simulated,
  signal: AbortSignal,
): Promise<{ status: number; ms: number }> {
  const body = Buffer.from(text);
  const sending = ask(url, { method: 'POST', headers, signal });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('error', (cause) => reject(new BrokenError(`the connection ended: ${cause.message}`, { cause })));
    sending.once('response', (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
  });
  // An answer may come before the body is through: a service refuses what is too slow for it.
  let over = false;
  void answered.then(
    () => (over = true),
    () => (over = true),
  );
  const size = Math.ceil(body.length / pieces);
  for (let at = 0; at < body.length && !over; at += size) {
    if (at > 0) await sleep(slowMs / (pieces - 1), undefined, { signal });
    sending.write(body.subarray(at, at + size));
  }
  const from = performance.now();
  sending.end();
  return { status: await answered, ms: performance.now() - from };
}
