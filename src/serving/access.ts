import { isSameSecret } from '../common/hash.js';
import type { ReceivedRequest } from './request.js';
import { RequestError } from './request-error.js';
import { checkSignature, type Credentials } from './signature.js';

export interface Access {
  /** Host and Origin: a page of another site must not reach a loopback service. @throws RequestError 403 */
  place(asked: Omit<ReceivedRequest, 'body'>): void;
  /** Token or signature; the body is asked for only where the signature covers it. @throws RequestError 401 or 403 */
  caller(asked: ReceivedRequest): Promise<void>;
}

/** Access to a service on this machine's loopback, with its bearer token or its AWS credentials. */
export function loopbackAccess(secrets: { token: string; credentials: Credentials }, now: () => Date): Access {
  return {
    place({ url, headers }) {
      const host = headers.get('host') ?? '';
      if (!isLoopback(host)) throw new RequestError(403, `Host ${host} is not this service`);
      const origin = headers.get('origin');
      if (origin !== null && origin !== `${url.protocol}//${host}`)
        throw new RequestError(403, `Origin ${origin} is not allowed`);
    },
    async caller(asked) {
      const authorization = asked.headers.get('authorization') ?? '';
      if (authorization.startsWith('AWS4-HMAC-SHA256 ')) await checkSignature(asked, secrets.credentials, now());
      else if (!isSameSecret(authorization, `Bearer ${secrets.token}`))
        throw new RequestError(401, 'expected the header "Authorization: Bearer" with the token of the token file');
    },
  };
}

function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}
