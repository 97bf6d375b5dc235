import { PredictionError, failureAnswer } from '../failure.js';
import { json, type Answer, type Asked, type Request, type Route } from '../http/route.js';
import { RequestError } from '../request-error.js';
import type { Service } from '../service.js';
import type { ApiRole } from '../../project/parts/api-schema.js';
import type { OpenedApi } from './api-service.js';
import { countRefused } from './predict-routes.js';
import { refusal, Refusal } from './refusal.js';

/** On every answer: a browser makes nothing of it but data. OWASP REST Security Cheat Sheet. */
export const safeHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-xss-protection': '0',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'permissions-policy': 'geolocation=(), microphone=(), camera=()',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cache-control': 'no-store',
};

/** What all routes of an api have in common. */
export interface Guarding {
  opened: OpenedApi;
  service: Service;
  /** Requests that are being answered. */
  busy: { count: number };
}

interface GuardedRoute extends Pick<Route, 'method' | 'path' | 'answer'> {
  /** Who may ask; undefined: anybody. */
  role: ApiRole | undefined;
  /** Who may besides, by the `Authorization` that they send. */
  lets?: (authorization: string) => boolean;
  most?: number;
  /** What a refusal is told under: `detail`, or what the layout's own users know. */
  word?: 'detail' | 'error';
  /** Whether a refusal counts as an invocation that failed. */
  counts?: boolean;
}

/**
 * A route of an api: who asks and how often is settled before its body is read, every answer carries safe headers, and
 * what goes wrong is told in the api's words.
 */
export function guarded({ opened, service, busy }: Guarding, route: GuardedRoute): Route {
  const { signIn, rate, api, most, figures } = opened;
  const { role, lets, word = 'detail' } = route;
  const isOwnToken = api.auth === undefined && service.endpoint !== undefined;

  function pace(asked: Asked, caller: string): void {
    const seconds = rate?.take(caller, asked.at) ?? 0;
    if (seconds > 0)
      throw refusal(429, 'Rate limit exceeded. Please try again later.', asked.at, { 'retry-after': String(seconds) });
    if (busy.count >= api.limits.queue)
      throw refusal(503, 'Too many requests wait already', asked.at, { 'retry-after': '1' });
  }

  async function who(asked: Asked) {
    if (lets?.(asked.headers.authorization ?? '') === true) return { name: 'scraper' };
    if (role === undefined || api.auth?.kind === 'none') {
      pace(asked, asked.address);
      return { name: asked.address };
    }
    if (signIn === undefined)
      throw refusal(403, 'Nobody may call this: the project does not say who ("api": { "auth": … })', asked.at);
    const caller = await signIn.caller(asked, role);
    pace(asked, `user ${caller.name}`);
    return caller;
  }

  function tell(asked: Asked, answer: Answer): Answer {
    const seconds = (performance.now() - asked.began) / 1000;
    figures.request({ method: asked.method, path: route.path, status: answer.status, seconds });
    return { ...answer, headers: { ...safeHeaders, ...answer.headers } };
  }

  return {
    ...{ method: route.method, path: route.path, most: route.most ?? most },
    ...(isOwnToken && role !== undefined ? {} : { who }),
    async answer(request: Request) {
      if (isOwnToken && role !== undefined) pace(request, request.address);
      busy.count += 1;
      try {
        return tell(request, await route.answer(request));
      } finally {
        busy.count -= 1;
      }
    },
    refuse(error, asked) {
      if (error instanceof PredictionError) figures.failed();
      const answer = refusedAs(error, asked, word);
      if (route.counts) countRefused(service, asked, answer.status);
      return tell(asked, answer);
    },
  };
}

function refusedAs(error: unknown, asked: Asked, word: 'detail' | 'error'): Answer {
  if (error instanceof Refusal) return error.answer();
  const { status, headers } = failureAnswer(error);
  const text = error instanceof RequestError ? error.message : 'Error during prediction';
  const details = error instanceof RequestError ? error.details : {};
  const timestamp = word === 'detail' ? { timestamp: asked.at.toISOString() } : {};
  return json({ [word]: text, ...details, ...timestamp }, status, headers);
}
