import type { IncomingMessage } from 'node:http';
import { badRequest, RequestError } from '../request-error.js';
import type { Asked } from './route.js';

const noQuery = new URLSearchParams();
/** More than any client sends, and any proxy adds. */
const mostHeaders = 100;
/** Said twice, one reader would go by the first and another by the last. */
const saidOnce = new Set(['host', 'authorization', 'content-type', 'content-encoding', 'content-length', 'origin']);

/** What Node's request says before its body. The route's part is still to be found. */
export function askedOf(
  { method = 'GET', url = '/', headers, socket }: IncomingMessage,
  at: Date,
  began: number,
): Asked {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    params: {},
    query: mark < 0 ? noQuery : new URLSearchParams(url.slice(mark + 1)),
    headers: headers as Asked['headers'],
    at,
    address: socket.remoteAddress ?? '',
    began,
  };
}

/**
 * What Node's parser lets through and a proxy in front might read in another way.
 * @throws RequestError (431) for too many headers; (400) for a header twice of which there is one, a target that is no path, another protocol
 */
export function checkForm({ url, rawHeaders, headers }: IncomingMessage): void {
  if (!url?.startsWith('/'))
    throw badRequest('found a request target that is no path, expected one that begins with /');
  if (rawHeaders.length > 2 * mostHeaders)
    throw new RequestError(431, `found ${rawHeaders.length / 2} headers, expected at most ${mostHeaders}`);
  if (2 * Object.keys(headers).length !== rawHeaders.length) checkTwice(rawHeaders);
  // Clients that would rather speak HTTP/2 say so and go on with what they get.
  if (headers.upgrade !== undefined && headers.upgrade.toLowerCase() !== 'h2c')
    throw badRequest('this service speaks HTTP/1.1 and nothing else');
}

function checkTwice(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    if (seen.has(name) && saidOnce.has(name)) throw badRequest(`found the header ${name} twice, expected it once`);
    seen.add(name);
  }
}
