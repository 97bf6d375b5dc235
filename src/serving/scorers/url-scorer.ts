import { setTimeout as sleep } from 'node:timers/promises';
import { bytesUpTo } from '../../common/bytes-up-to.js';
import { InputError, messageOf } from '../../common/errors.js';
import { sha256 } from '../../common/hash.js';
import { sizeText } from '../../common/size-text.js';
import { post, RefusedSource } from '../../data/web/ask.js';
import type { UrlModel } from '../../models/bundle/outside-model.js';
import { askingCommand } from '../../project/commands.js';
import { isLoopback } from '../../project/endpoint-url.js';
import { PredictionError } from '../failure.js';
import { rowsAtOnce } from './command/batches.js';
import type { Expected } from './command/read-answer.js';
import { bodyOf, type AskedRows } from './command/request.js';
import { scoresOf, toldIn, type Told } from './command/told.js';
import type { Scorer, ScorerPlace } from './scorer.js';

/** It did not answer at all: whatever it is sent would find the same. */
export class EndpointSilent extends PredictionError {}

/** As long as SageMaker waits for a model, and as much as a serving command may answer. */
const limits = { answerMs: 60_000, mostAnswer: 64 << 20 };
/** An endpoint that is busy, or that starts, is asked again after so long each. */
const pauses = [500, 2_000];
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * A model behind somebody's endpoint: rows are sent to it, a thousand at once, and nothing of it is changed. Redirects are
 * not followed, and an address of one's own network is refused unless the project says so. A row that it gives no score
 * is NaN; where it gives none to any of several rows, its answer is of another shape and is refused.
 * @throws UntrustedCommand where its user has not allowed the address in this folder; InputError for a token that is not there
 */
export function urlScorer(
  model: UrlModel,
  { task, classes }: Pick<Expected, 'task' | 'classes'>,
  place: Pick<ScorerPlace, 'mayRun'>,
  { answerMs, mostAnswer } = limits,
): Scorer {
  const { url, request } = model;
  const who = `the endpoint ${url}`;
  place.mayRun(askingCommand(model), 'predictions');
  const authorization = tokenOf(model);
  const anywhere = model.private === true || isLoopback(new URL(url));

  async function asked(body: string, contentType: string, given?: AbortSignal) {
    const limit = AbortSignal.timeout(answerMs);
    const signal = given ? AbortSignal.any([given, limit]) : limit;
    const headers = { 'content-type': contentType, accept: 'application/json', ...authorization };
    try {
      const response = await post(url, { headers, body, signal, private: anywhere });
      const tooMuch = () => new PredictionError(`${who} answered more than ${sizeText(mostAnswer)}`);
      const text = (await bytesUpTo(response.body, mostAnswer, tooMuch)).toString('utf8');
      return { status: response.status, text, contentType: response.headers.get('content-type') ?? '' };
    } catch (error) {
      given?.throwIfAborted();
      if (error instanceof PredictionError) throw error;
      if (error instanceof RefusedSource && !anywhere)
        throw new InputError(`${url}: it lies in a network of your own; if it is meant: "private": true beside "url"`, {
          cause: error,
        });
      if (error instanceof RefusedSource) throw error;
      const why = limit.aborted
        ? `did not answer within ${answerMs / 1000} seconds`
        : `does not answer: ${messageOf(error)}`;
      throw new EndpointSilent(`${who} ${why}`, { cause: error });
    }
  }

  /** A busy endpoint is asked again; what it then says is its answer. */
  async function patiently(body: string, contentType: string, signal?: AbortSignal) {
    for (const pause of pauses) {
      const found = await asked(body, contentType, signal);
      if (!passing.includes(found.status)) return found;
      await sleep(pause, undefined, { signal });
    }
    return asked(body, contentType, signal);
  }

  // Parts of a reference are the same rows: nobody is asked twice for them.
  const known = new Map<string, Told>();
  async function read({ body, contentType }: AskedRows, rows: number, signal?: AbortSignal): Promise<Told> {
    const found = await patiently(body, contentType, signal);
    if (found.status < 200 || found.status > 299) throw refusedBy(who, found);
    return toldIn(found.text, found.contentType, { task, classes, rows, who });
  }
  async function answerTo(asking: AskedRows, rows: number, signal?: AbortSignal) {
    const key = sha256(asking.body);
    const answer = known.get(key) ?? (await read(asking, rows, signal));
    known.set(key, answer);
    return answer;
  }

  return {
    async scores(table, signal) {
      const answers: Told[] = [];
      for (let from = 0; from < table.rows; from += rowsAtOnce) {
        const to = Math.min(from + rowsAtOnce, table.rows);
        answers.push(await answerTo(bodyOf(request, table, from, to), to - from, signal));
      }
      return scoresOf(answers, table, task === 'multiclass' ? classes.length : 1);
    },
    close: () => Promise.resolve(),
  };
}

function refusedBy(who: string, { status, text }: { status: number; text: string }): PredictionError {
  const said = text.slice(0, 300).trim();
  if (status >= 300 && status < 400)
    return new PredictionError(
      `${who} answered HTTP ${status}: it leads elsewhere, which is not followed; name that address`,
    );
  return new PredictionError(`${who} answered HTTP ${status}${said === '' ? '' : `: ${said}`}`);
}

function tokenOf({ token, url }: UrlModel): Record<string, string> {
  if (token === undefined) return {};
  const name = token.slice('env:'.length);
  const value = process.env[name];
  if (value) return { authorization: `Bearer ${value}` };
  throw new InputError(`${url}: found no variable ${name}, expected the token of the endpoint in it`);
}
