import { secretCheck } from '../common/hash.js';
import type { Asked } from './http/route.js';
import { RequestError } from './request-error.js';
import { checkSignature, type Credentials } from './signature.js';

export interface Access {
  /** Host and Origin: a page of another site must not reach a loopback service. @throws RequestError 403 */
  place(asked: Asked): void;
  /** Token or signature; the body is asked for only where the signature covers it. @throws RequestError 401 or 403 */
  caller(asked: Asked, body: () => Promise<Uint8Array>): void | Promise<void>;
}

/** Access to a service on this machine's loopback, with its bearer token or its AWS credentials. */
export function loopbackAccess(secrets: { token: string; credentials: Credentials }, now: () => Date): Access {
  const isToken = secretCheck(`Bearer ${secrets.token}`);
  return {
    place({ headers }) {
      const host = headers.host ?? '';
      if (!isLoopback(host)) throw new RequestError(403, `Host ${host} is not this service`);
      const { origin } = headers;
      if (origin !== undefined && origin !== `http://${host}`)
        throw new RequestError(403, `Origin ${origin} is not allowed`);
    },
    caller(asked, body) {
      const authorization = asked.headers.authorization ?? '';
      if (isToken(authorization)) return;
      if (authorization.startsWith('AWS4-HMAC-SHA256 ')) return checkSignature(asked, body, secrets.credentials, now());
      throw new RequestError(401, 'expected the header "Authorization: Bearer" with the token of the token file');
    },
  };
}

function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}
