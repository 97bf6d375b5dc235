import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { BrokenError, InputError } from '../../common/errors.js';
import { reachOf } from './addresses.js';

export interface Asking {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  headers?: Record<string, string>;
  /** What is sent; it never goes on to where a redirect leads. */
  body?: string | Uint8Array;
  signal?: AbortSignal;
}

/** A source that is not taken, however often it is asked. */
export class RefusedSource extends InputError {}

const redirects = [301, 302, 303, 307, 308];
const mostRedirects = 10;
/** A server that says nothing for so long has broken off. */
const silenceMs = 120_000;

/**
 * Asks a URL and follows redirects. The URL's own host is its user's word and may lie in a private network; a redirect
 * may not lead into one, nor from https to http, and nothing leads to link-local addresses. The address that is
 * connected to is the one that was checked.
 * @throws RefusedSource naming the address; what the network says passes through
 */
export async function ask(url: string, asking: Asking): Promise<Response> {
  const word = new URL(url);
  let at = word;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const headers = at.origin === word.origin ? asking.headers : withoutSecrets(asking.headers);
    const answer = await askOnce(at, { ...asking, headers }, at.hostname === word.hostname);
    const { location } = answer.headers;
    const goesOn = redirects.includes(answer.statusCode!) && location !== undefined && asking.body === undefined;
    if (!goesOn) return responseOf(answer);
    answer.destroy();
    at = redirectOf(at, location);
  }
  throw new BrokenError(`${url}: was redirected more than ${mostRedirects} times`);
}

/**
 * Sends something to an address, once: no redirect is followed.
 * @param asking `private`: it may lie in a network of one's own
 * @throws RefusedSource for an address that may not be asked
 */
export async function post(
  url: string,
  { private: own, ...asking }: Omit<Asking, 'method'> & { private: boolean },
): Promise<Response> {
  return responseOf(await askOnce(new URL(url), { ...asking, method: 'POST' }, own));
}

/** Who a server was told one is, is nobody else's to know. */
const withoutSecrets = (headers: Asking['headers']) =>
  headers && Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)));

function redirectOf(from: URL, location: string): URL {
  const refused = (found: string, expected: string) =>
    new RefusedSource(`${from.href}: found a redirect to ${found}, expected ${expected}`);
  if (!URL.canParse(location, from)) throw refused('no URL', 'one of http or https');
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && (from.protocol === 'https:' || to.protocol !== 'http:'))
    throw refused(to.href, from.protocol === 'https:' ? 'one to https' : 'one to http or https');
  return to;
}

function askOnce(url: URL, { method = 'GET', headers, body, signal }: Asking, own: boolean): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host)) checkAddress(url, host, own);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = request(url, { method, headers, signal, lookup: checkedLookup(url, own), agent: false });
    asked.setTimeout(silenceMs, () => asked.destroy(new Error('the server says nothing')));
    asked.once('error', reject);
    asked.once('response', resolve);
    asked.end(body);
  });
}

/** Resolves a name as the system does and refuses it when one of its addresses may not be asked. */
function checkedLookup(url: URL, own: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      try {
        for (const { address } of found) checkAddress(url, address, own);
      } catch (refusal) {
        return callback(refusal as Error, []);
      }
      if (options.all) callback(null, found);
      else callback(null, found[0]!.address, found[0]!.family);
    });
  };
}

/** @throws RefusedSource. `own`: the host is the one that the user named. */
export function checkAddress(url: URL, address: string, own: boolean): void {
  const reach = reachOf(address);
  if (reach === 'public' || (reach === 'private' && own)) return;
  const network = reach === 'private' ? 'this machine or its network' : 'no data can come from';
  const expected = own ? 'another host' : 'a public address: name this one in the project itself if it is meant';
  throw new RefusedSource(`${url.href}: found the address ${address} (${network}), expected ${expected}`);
}

function responseOf(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, [value].flat().join(', '));
  const status = answer.statusCode!;
  const body = [204, 205, 304].includes(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, statusText: answer.statusMessage, headers });
}
