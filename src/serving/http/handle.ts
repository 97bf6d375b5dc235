import type { IncomingMessage, ServerResponse } from 'node:http';
import { failureAnswer } from '../failure.js';
import { RequestError } from '../request-error.js';
import type { Service } from '../service.js';
import { askedOf, checkForm } from './asked.js';
import { routeFinder } from './find-route.js';
import { bodyReader, type HeldBody } from './read-body.js';
import type { Refusals } from './refusals.js';
import type { Answer, Asked, Request, Route } from './route.js';
import { send } from './send.js';

/** Of all bodies together that are held at a time, in bytes. */
const mostHeld = 100 << 20;
/** What nobody sends by mistake for long is told in the log. */
const told = new Set([401, 403, 413, 429, 503]);

/** From a request on the socket to its answer: who may ask is settled before anything of the body is read. */
export function handler(service: Service, routes: () => readonly Route[], refusals: Refusals) {
  const find = finderOf(routes);
  const read = bodyReader(mostHeld);
  const { access } = service;

  async function answerOf(request: IncomingMessage, asked: Asked, held: Held): Promise<Answer> {
    let route: Route | undefined;
    try {
      checkForm(request);
      const found = find(asked.method, asked.path);
      route = found?.route;
      access.place(asked);
      held.isPlaced = true;
      if (found === undefined) throw new RequestError(404, `there is no ${asked.method} ${asked.path} here`);
      asked.params = found.params;
      const { most, open } = found.route;
      const body = async () => (held.body ??= await read(request, most)).bytes;
      const whole = asked as Request;
      if (found.route.who) whole.caller = await found.route.who(asked);
      else if (!open) await access.caller(asked, body);
      whole.body = await body();
      return await found.route.answer(whole);
    } catch (error) {
      if (error instanceof RequestError) {
        if (told.has(error.status))
          refusals(`${error.status} at ${asked.method} ${route?.path ?? 'elsewhere'}: ${error.message}`);
      } else service.log(describe(error));
      return route?.refuse?.(error, asked) ?? failureAnswer(error);
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = askedOf(request, service.now(), performance.now());
    const held: Held = {};
    const answer = await answerOf(request, asked, held);
    held.body?.release();
    send(request, response, answer, held.isPlaced === true);
  };
}

interface Held {
  body?: HeldBody;
  /** Whether it may be asked from where it was. */
  isPlaced?: boolean;
}

/** Finds among the routes of now: they change with what is served. */
function finderOf(routes: () => readonly Route[]): ReturnType<typeof routeFinder> {
  let known = routes();
  let find = routeFinder(known);
  return (method, path) => {
    const now = routes();
    if (now !== known) find = routeFinder((known = now));
    return find(method, path);
  };
}

/** Of what went wrong by itself, with its stack; never the data of the request. */
function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
