import { createHmac } from 'node:crypto';
import { isSameSecret, sha256 } from '../common/hash.js';
import type { Asked } from './http/route.js';
import { RequestError } from './request-error.js';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const allowedSkewMs = 15 * 60_000;

/**
 * Checks AWS Signature Version 4 in the Authorization header, so that AWS's own clients can be pointed at an endpoint.
 * Algorithm: AWS, "Create a signed AWS API request". Query-string signatures and chunked bodies are not taken.
 * @throws RequestError 403 when key, time, body or signature do not fit
 */
export async function checkSignature(
  asked: Asked,
  body: () => Promise<Uint8Array>,
  credentials: Credentials,
  now: Date,
): Promise<void> {
  const header = asked.headers.authorization ?? '';
  const found = /Credential=([^/]+)\/([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(header);
  if (!found) throw new RequestError(403, 'the Authorization header is no complete AWS signature (version 4)');
  const [, accessKeyId, scope, signedHeaders, signature] = found as unknown as [string, string, string, string, string];
  if (!isSameSecret(accessKeyId, credentials.accessKeyId))
    throw new RequestError(403, 'the access key is not that of the credentials file');
  const time = asked.headers['x-amz-date'] ?? '';
  checkTime(time, scope, now);
  if (!signedHeaders.split(';').includes('host'))
    throw new RequestError(403, 'the signature must cover the Host header');
  const claimed = asked.headers['x-amz-content-sha256'];
  const hash = claimed ?? sha256(await body());
  const request = sha256(canonicalRequest(asked, signedHeaders, hash));
  const text = ['AWS4-HMAC-SHA256', time, scope, request].join('\n');
  const expected = hmac(signingKey(credentials.secretAccessKey, scope), text).toString('hex');
  if (!isSameSecret(signature, expected)) throw new RequestError(403, 'the signature does not fit the request');
  // Read only now that its sender has shown who it is.
  if (claimed !== undefined && claimed !== sha256(await body()))
    throw new RequestError(403, 'the body is not the one that was signed');
}

function checkTime(time: string, scope: string, now: Date): void {
  const iso = time.replace(/^(\d{4})(\d{2})(\d{2}T\d{2})(\d{2})(\d{2}Z)$/, '$1-$2-$3:$4:$5');
  const skew = Math.abs(Date.parse(iso) - now.getTime());
  if (!(skew <= allowedSkewMs) || !scope.startsWith(`${time.slice(0, 8)}/`))
    throw new RequestError(403, 'the signature is not of this moment (X-Amz-Date)');
}

function canonicalRequest({ method, path, query, headers }: Asked, signedHeaders: string, hash: string): string {
  const lines = signedHeaders.split(';').map((name) => {
    const value = (headers[name] ?? '').trim().replace(/\s+/g, ' ');
    return `${name}:${value}\n`;
  });
  return [method, encodePath(path), queryText(query), lines.join(''), signedHeaders, hash].join('\n');
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function encodePath(path: string): string {
  return path.split('/').map(encode).join('/');
}

/** Sorted by name, then value, both encoded. */
function queryText(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]): [string, string] => [encode(name), encode(value)]);
  pairs.sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `scope` is date/region/service/aws4_request. */
function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
