import type { IncomingMessage, ServerResponse } from 'node:http';
import { failureAnswer } from '../failure.js';
import { RequestError } from '../request-error.js';
import type { Service } from '../service.js';
import { askedOf, checkForm } from './asked.js';
import { routeFinder } from './find-route.js';
import { bodyReader, type HeldBody } from './read-body.js';
import type { Refusals } from './refusals.js';
import type { Answer, Asked, Caller, Request, Route } from './route.js';
import { after, type Soon } from '../soon.js';
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

  function refusalOf(error: unknown, asked: Asked, route: Route | undefined): Answer {
    if (error instanceof RequestError) {
      if (told.has(error.status))
        refusals(`${error.status} at ${asked.method} ${route?.path ?? 'elsewhere'}: ${error.message}`);
    } else service.log(describe(error));
    return route?.refuse?.(error, asked) ?? failureAnswer(error);
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const asked: Asked = askedOf(request, service.now(), performance.now());
    let [isPlaced, route, held]: [boolean, Route | undefined, HeldBody | undefined] = [false, undefined, undefined];

    function say(answer: Answer): void {
      held?.release();
      send(request, response, answer, isPlaced);
    }

    function refuse(error: unknown): void {
      say(refusalOf(error, asked, route));
    }

    /** What breaks at once, or later, is a refusal. */
    function attempt(work: () => Soon<void>): void {
      try {
        const working = work();
        if (working instanceof Promise) working.catch(refuse);
      } catch (error) {
        // The parser has not come to the body: what is said now would be said in the midst of a request.
        if (request.complete) refuse(error);
        else queueMicrotask(() => refuse(error));
      }
    }

    function body(most: number): Promise<HeldBody> {
      return new Promise((resolve, reject) => read(request, most, resolve, reject));
    }

    /** Who asks, where the route wants to know; a signature covers the body, which is read for it. */
    function admit(found: Route): Soon<Caller | void> {
      const { most } = found;
      if (found.who) return found.who(asked);
      if (!found.open) return access.caller(asked, async () => (held ??= await body(most)).bytes);
    }

    function answer(found: Route, caller: Caller | void): void {
      const whole = asked as Request;
      if (caller) whole.caller = caller;
      const go = (read: HeldBody) => {
        held = read;
        whole.body = read.bytes;
        attempt(() => after(found.answer(whole), say));
      };
      if (held) go(held);
      else
        read(request, found.most, go, (error) =>
          attempt(() => {
            throw error;
          }),
        );
    }

    attempt(() => {
      checkForm(request);
      const found = find(asked.method, asked.path);
      route = found?.route;
      access.place(asked);
      isPlaced = true;
      if (found === undefined) throw new RequestError(404, `there is no ${asked.method} ${asked.path} here`);
      asked.params = found.params;
      return after(admit(found.route), (caller) => answer(found.route, caller));
    });
  };
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
