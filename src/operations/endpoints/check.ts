import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BrokenError, InputError, messageOf, NoSuchObject } from '../../common/errors.js';
import { codeOf, fileError } from '../../common/files.js';
import {
  bodyOf,
  contractProblems,
  readCases,
  type ContractAnswer,
  type ContractCase,
} from '../../documents/contract/cases.js';
import { answer } from '../answer.js';
import { reads, type At } from '../operation.js';
import { mustFind } from './find.js';

export interface Check {
  /** An endpoint of the environment, or the address of any service. */
  target: string;
  /** A file of cases. */
  cases: string;
}

/** One case, and what its answer lacked. */
export interface CheckedCase {
  name: string;
  line: number;
  status: 'pass' | 'fail';
  /** Milliseconds from the request to its answer. */
  ms: number;
  problems: string[];
}

type Send = (one: ContractCase, signal: AbortSignal) => Promise<ContractAnswer>;

const answerMs = 60_000;

/**
 * Sends each case of a file to an endpoint, one after the other, and holds the answers against it.
 * @throws WrongInput for a file that is wrong, InputError for an endpoint that is not there, BrokenError where nothing answers
 */
export const checkEndpointCases = reads('endpoints.check', async (at, { target, cases: file }: Check) => {
  const cases = readCases(await textOf(file), basename(file));
  const send = /^https?:\/\//i.test(target) ? overHttp(target, undefined) : await toEndpoint(at, target);
  const checked: CheckedCase[] = [];
  for (const one of cases) {
    at.signal.throwIfAborted();
    const began = performance.now();
    const found = await send(one, at.signal);
    const problems = contractProblems(one, found);
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const name = one.name ?? `line ${one.line}`;
    checked.push({ name, line: one.line, status: problems.length === 0 ? 'pass' : 'fail', ms, problems });
  }
  const failed = checked.filter(({ status }) => status === 'fail').length;
  return answer('endpoint-check', { target, cases: checked, passed: checked.length - failed, failed });
});

export type CheckDocument = Awaited<ReturnType<(typeof checkEndpointCases)['run']>>;

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new NoSuchObject(`endpoint check: found no file ${file}, expected cases as JSON lines`, file);
    throw fileError('read', file, error);
  }
}

/** On this machine over HTTP, with its own token; in an account by its service, which has one route. */
async function toEndpoint(at: At, name: string): Promise<Send> {
  const { kind, endpoints } = at.environment;
  const { url, tokenFile, status } = await mustFind(at, name);
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

function overHttp(base: string, ownToken: string | undefined): Send {
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
