import { readFile } from 'node:fs/promises';
import { BrokenError, InputError, messageOf } from '../../common/errors.js';
import { bodyOf, contractProblems, type ContractAnswer, type ContractCase } from '../../documents/contract/cases.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';

/** One case, and what its answer lacked. */
export interface CheckedCase {
  name: string;
  line: number;
  status: 'pass' | 'fail';
  /** Milliseconds from the request to its answer. */
  ms: number;
  problems: string[];
}

export type Send = (one: ContractCase, signal: AbortSignal) => Promise<ContractAnswer>;

const answerMs = 60_000;

/** Sends cases one after the other, and holds the answers against them. @throws BrokenError where nothing answers */
export async function sendCases(
  cases: readonly ContractCase[],
  send: Send,
  signal: AbortSignal,
): Promise<CheckedCase[]> {
  const checked: CheckedCase[] = [];
  for (const one of cases) {
    signal.throwIfAborted();
    const began = performance.now();
    const found = await send(one, signal);
    const problems = contractProblems(one, found);
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const name = one.name ?? `line ${one.line}`;
    checked.push({ name, line: one.line, status: problems.length === 0 ? 'pass' : 'fail', ms, problems });
  }
  return checked;
}

/** On this machine over HTTP, with its own token; in an account by its service, which has one route. */
export async function toEndpoint({ kind, endpoints }: Environment, info: EndpointInfo): Promise<Send> {
  const { name, url, tokenFile, status } = info;
  if (kind === 'local') {
    if (url === undefined || tokenFile === undefined || status !== 'InService')
      throw new BrokenError(`endpoint ${name} is ${status}; start it first: mlops endpoint start ${name}`);
    return overHttp(url, (await readFile(tokenFile, 'utf8')).trim());
  }
  return async (one, signal) => {
    if (one.path !== '/invocations')
      throw new InputError(
        `endpoint check, line ${one.line}: found ${one.path}, expected /invocations: ${name} has no other`,
      );
    const contentType = one.headers['content-type'] ?? 'application/json';
    const found = await endpoints.invoke(name, { body: bodyOf(one) ?? '', contentType }, { signal });
    return { status: found.status, text: Buffer.from(found.body).toString('utf8') };
  };
}

/** To any address; `ownToken` goes where a case says nothing of a token. */
export function overHttp(base: string, ownToken: string | undefined): Send {
  return async (one, signal) => {
    const token = one.token === undefined ? ownToken : one.token === null ? undefined : variable(one.token, one.line);
    const body = bodyOf(one);
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name.toLowerCase(), value])),
    };
    const method = one.method ?? (body === undefined ? 'GET' : 'POST');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    try {
      // A redirect would take the token elsewhere.
      const options = { method, headers, body, signal: limit, redirect: 'manual' as const };
      const response = await fetch(base.replace(/\/+$/, '') + one.path, options);
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new BrokenError(`${base} does not answer: ${messageOf(cause)}`, { cause: error });
    }
  };
}

function variable(said: string, line: number): string {
  const name = said.slice('env:'.length);
  const value = process.env[name];
  if (value) return value;
  throw new InputError(`endpoint check, line ${line}: found no variable ${name}, expected a token in it`);
}
