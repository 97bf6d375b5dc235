import { isPassword } from '../../../common/password.js';
import { mayAct, type ApiRoleName, type ApiUser, type ApiUsers } from '../../../documents/api-users.js';
import type { Asked, Caller } from '../../http/route.js';
import { refusal } from '../refusal.js';
import type { Sessions } from './sessions.js';
import { throttle } from './throttle.js';
import type { Tokens } from './tokens.js';

/** Who may call, and how they sign in. All refuse by throwing a Refusal. */
export interface SignIn {
  /** The caller of a request, by its token. @throws Refusal 401 without a good one, 403 for a role that is not enough */
  caller(asked: Asked, needed: ApiRoleName): Promise<Caller>;
  login(asked: Asked, given: { username: string; password: string }): Promise<Granted>;
  refresh(asked: Asked, token: string): Promise<Granted>;
  logout(asked: Asked): Promise<void>;
}

export interface Granted {
  access_token: string;
  token_type: 'bearer';
  /** Seconds. */
  expires_in: number;
  refresh_token: string;
}

export interface SignInParts {
  /** Read anew each time: who was removed a moment ago is nobody. */
  users: () => ApiUsers | undefined;
  tokens: Tokens;
  sessions: Sessions;
  expires: number;
}

/** Wrong passwords: for one name, and from one address, within so many seconds. */
const mostForUser = 5;
const mostForAddress = 20;
const within = 15 * 60;
/** Checking one takes 32 MB: more at a time are told to wait. */
const mostAtOnce = 4;

export function signIn({ users, tokens, sessions, expires }: SignInParts): SignIn {
  const byUser = throttle(mostForUser, within);
  const byAddress = throttle(mostForAddress, within);
  const find = (name: string) => users()?.users.find((user) => user.name === name);
  let checking = 0;

  async function granted(user: string, { session, refresh }: { session: string; refresh: string }, now: Date) {
    const access_token = await tokens.issue(user, session, now);
    return { access_token, token_type: 'bearer', expires_in: expires, refresh_token: refresh } as const;
  }

  async function signedIn(asked: Asked): Promise<{ user: ApiUser; session: string }> {
    const { authorization = '' } = asked.headers;
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthorized(asked, 'Not authenticated: sign in at /auth/login');
    const claims = await tokens.read(token, asked.at);
    if (claims === 'expired') throw unauthorized(asked, 'The token has expired', 'invalid_token');
    const user = claims && find(claims.user);
    // A second is as exact as a token says it.
    const isTheirs = claims && user && claims.issued >= Math.floor(Date.parse(user.since) / 1000);
    if (!isTheirs || !sessions.lasts(claims.session, asked.at))
      throw unauthorized(asked, 'The token is not valid', 'invalid_token');
    return { user, session: claims.session };
  }

  return {
    async caller(asked, needed) {
      const { user } = await signedIn(asked);
      if (mayAct(user.role, needed)) return { name: user.name, role: user.role };
      throw refusal(403, `This takes the role ${needed}; ${user.name} is ${user.role}`, asked.at);
    },
    async login(asked, { username, password }) {
      const { at, address } = asked;
      const seconds = Math.max(byUser.wait(username, at), byAddress.wait(address, at));
      if (seconds > 0) throw later(asked, seconds, 'Too many attempts to sign in');
      if (checking >= mostAtOnce) throw later(asked, 1, 'Too many sign in at once');
      // Counted before it is known, so that many at once are not all let through.
      byUser.failed(username, at);
      byAddress.failed(address, at);
      checking += 1;
      try {
        const user = find(username);
        // It takes as long for a name that nobody has.
        const hash = user?.password ?? users()?.users[0]?.password;
        const isRight = hash !== undefined && (await isPassword(password, hash));
        if (user === undefined || !isRight) throw unauthorized(asked, 'Incorrect username or password');
        byUser.succeeded(username);
        byAddress.forgive(address);
        return await granted(user.name, await sessions.begin(user.name, at), at);
      } finally {
        checking -= 1;
      }
    },
    async refresh(asked, token) {
      const renewed = await sessions.renew(token, asked.at);
      const user = renewed && find(renewed.user);
      if (renewed === undefined || user === undefined || Date.parse(user.since) > renewed.began)
        throw unauthorized(asked, 'The refresh token is not valid: sign in at /auth/login', 'invalid_token');
      return granted(user.name, renewed, asked.at);
    },
    async logout(asked) {
      const { session } = await signedIn(asked);
      await sessions.end(session, asked.at);
    },
  };
}

/** RFC 6750, 3. */
function unauthorized({ at }: Asked, detail: string, error?: string) {
  const challenge = error === undefined ? 'Bearer' : `Bearer error="${error}"`;
  return refusal(401, detail, at, { 'www-authenticate': challenge });
}

function later({ at }: Asked, seconds: number, what: string) {
  return refusal(429, `${what}: try again in ${seconds} seconds`, at, { 'retry-after': String(seconds) });
}
