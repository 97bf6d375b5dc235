import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';

/** What an access token says. */
export interface Claims {
  user: string;
  session: string;
  /** When it was issued and is good until, seconds since 1970. */
  issued: number;
  expires: number;
}

export interface Tokens {
  issue(user: string, session: string, now: Date): Promise<string>;
  /** What a token says; `undefined` for one that is wrong in any way, `expired` for one that was good. */
  read(token: string, now: Date): Promise<Claims | 'expired' | undefined>;
}

const issuer = 'mlops-workbench';
const type = 'at+jwt';
const claimsSchema = z.object({ sub: z.string(), sid: z.string(), iat: z.number(), exp: z.number() });
/** Longer ones are none of ours. */
const mostCharacters = 4096;
const mostRemembered = 1000;

/**
 * JSON Web Tokens (RFC 7519, RFC 9068) signed with HMAC-SHA256 and nothing else.
 * @param audience the service that they are good for
 * @param key in base64; read anew each time, for it changes with the list of users
 * @param seconds how long one is good for
 */
export function tokens(audience: string, key: () => string | undefined, seconds: number): Tokens {
  /** A signature that was found good once is good: what changes is the time, and the key. */
  const known = new Map<string, Claims>();
  let knownBy: string | undefined;

  async function verified(token: string, secret: string, now: Date): Promise<Claims> {
    const { payload } = await jwtVerify(token, Buffer.from(secret, 'base64'), {
      ...{ algorithms: ['HS256'], issuer, audience, typ: type, currentDate: now },
      requiredClaims: ['sub', 'sid', 'iat', 'exp'],
    });
    const { sub, sid, iat, exp } = claimsSchema.parse(payload);
    return { user: sub, session: sid, issued: iat, expires: exp };
  }

  return {
    issue(user, session, now) {
      const secret = key();
      if (secret === undefined) throw new Error('there is no key to sign tokens with');
      const at = Math.floor(now.getTime() / 1000);
      return new SignJWT({ sid: session })
        .setProtectedHeader({ alg: 'HS256', typ: type })
        .setSubject(user)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(at)
        .setExpirationTime(at + seconds)
        .sign(Buffer.from(secret, 'base64'));
    },
    async read(token, now) {
      const secret = key();
      if (secret === undefined || token.length > mostCharacters) return undefined;
      if (secret !== knownBy) known.clear();
      knownBy = secret;
      const before = known.get(token);
      if (before !== undefined) return before.expires * 1000 > now.getTime() ? before : 'expired';
      try {
        const claims = await verified(token, secret, now);
        if (known.size >= mostRemembered) known.delete(known.keys().next().value!);
        known.set(token, claims);
        return claims;
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : undefined;
      }
    },
  };
}
