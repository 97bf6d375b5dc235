import { json, type Answer, type Request, type Route } from '../http/route.js';
import { textOf, mediaType } from '../input/decode.js';
import type { SignIn } from './auth/sign-in.js';
import { isRecord, jsonBody } from './read-request.js';
import { refuseFaults, type Fault } from './refusal.js';

/** A name and a password are no more than this. */
const most = 8 << 10;
/** What nobody may keep on the way. */
const secret = { 'cache-control': 'no-store' };

/** Signing in, staying signed in, and signing out. */
export function authRoutes(signIn: SignIn): Route[] {
  const post = (path: string, answer: (request: Request) => Promise<unknown>): Route => ({
    ...{ method: 'POST', path, most, open: true },
    answer: async (request): Promise<Answer> => json(await answer(request), 200, secret),
  });
  return [
    post('/auth/login', (request) => {
      const [username, password] = wordsOf(request, ['username', 'password']) as [string, string];
      return signIn.login(request, { username, password });
    }),
    post('/auth/refresh', (request) => {
      const [token] = wordsOf(request, ['refresh_token']) as [string];
      return signIn.refresh(request, token);
    }),
    post('/auth/logout', async (request) => {
      await signIn.logout(request);
      return { status: 'signed out' };
    }),
  ];
}

/**
 * Texts of a body, JSON or a form (as OAuth2 has it). An address is written into logs: they are not taken from there.
 * @throws Refusal (422) naming each that is missing
 */
function wordsOf(request: Request, names: readonly string[]): string[] {
  const isForm = mediaType(request.headers['content-type']) === 'application/x-www-form-urlencoded';
  const body: unknown = isForm ? Object.fromEntries(new URLSearchParams(textOf(request.body))) : bodyOf(request);
  const given = isRecord(body) ? body : {};
  const faults: Fault[] = [];
  const words = names.map((name) => {
    const value = given[name];
    if (typeof value === 'string' && value.length > 0 && value.length <= 1024) return value;
    const inAddress = request.query.has(name) ? ', in the body: what stands in an address is logged' : '';
    faults.push({ loc: ['body', name], msg: `Field required${inAddress}`, type: 'missing' });
    return '';
  });
  refuseFaults(faults);
  return words;
}

/** Nothing at all is an empty body: what is missing is named then. */
function bodyOf(request: Request): unknown {
  return request.body.byteLength === 0 ? {} : jsonBody(request);
}
