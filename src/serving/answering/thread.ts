import type { Worker } from 'node:worker_threads';
import { codeOf } from '../../common/files.js';
import type { Predictor } from '../predictor.js';
import { RequestError } from '../request-error.js';
import type { AnswerText, AskedBody } from './answer-text.js';
import { errorOfReply, type Question, type Reply } from './messages.js';

/** One thread that answers, seen from outside. */
export interface AnsweringThread {
  answer(predictor: Predictor, asked: AskedBody): Promise<AnswerText>;
  close(): Promise<void>;
}

/** Callers give up after a minute: what has waited for half of it is told to come again while that is still heard. */
const usualWaitMs = 30_000;

/**
 * One question at a time; what waited `longestWaitMs` for those before is refused (503). A thread that takes longer than `longestMs`, runs out of memory or dies is ended and its
 * question refused; the next question gets a new one.
 */
export function threadOf(begin: () => Worker, longestMs: number, longestWaitMs = usualWaitMs): AnsweringThread {
  let running: { worker: Worker; sent: Map<Predictor, number> } | undefined;
  /** Ends the question that is asked now. */
  let settle: (reply: Reply | Error) => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start() {
    const worker = begin();
    // One that was given up ends later than that: what it says then is no answer to the next question.
    const isRunning = () => running?.worker === worker;
    const lost = (why: Error) => {
      if (!isRunning()) return;
      running = undefined;
      settle(why);
    };
    worker.on('message', (reply: Reply) => isRunning() && settle(reply));
    worker.on('error', (error) =>
      lost(codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch('too much memory') : error),
    );
    worker.on('exit', (code) => lost(new Error(`the thread that answers ended with code ${code}`)));
    return { worker, sent: new Map<Predictor, number>() };
  }

  async function end(why: Error): Promise<void> {
    const ending = running;
    running = undefined;
    settle(why);
    await ending?.worker.terminate();
  }

  async function ask(predictor: Predictor, asked: AskedBody): Promise<Reply> {
    const { worker, sent } = (running ??= start());
    const timer = setTimeout(() => void end(tooMuch(`longer than ${longestMs / 1000} seconds`)), longestMs);
    const reply = await new Promise<Reply | Error>((resolve) => {
      settle = resolve;
      worker.postMessage(questionOf(sent, predictor, asked));
    });
    clearTimeout(timer);
    settle = () => undefined;
    if (reply instanceof Error) throw reply;
    return reply;
  }

  /** Resolves when it is its turn. @throws RequestError (503) after `longestWaitMs` */
  async function itsTurn(before: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const seconds = longestWaitMs / 1000;
        reject(new RequestError(503, `waited ${seconds} seconds for the requests before it: ask again later`));
      }, longestWaitMs);
    });
    await Promise.race([before, late]).finally(() => clearTimeout(timer));
  }

  return {
    async answer(predictor, asked) {
      const before = last;
      const reply = itsTurn(before).then(() => ask(predictor, asked));
      // Who comes next waits for those before, also where this one gave up.
      last = Promise.allSettled([before, reply]);
      const said = await reply;
      if (said.kind === 'text') {
        const { kind: _, ...answered } = said;
        return answered;
      }
      throw errorOfReply(said);
    },
    close: () => end(new Error('the service ends')),
  };
}

/** A model goes along the first time only. */
function questionOf(sent: Map<Predictor, number>, predictor: Predictor, asked: AskedBody): Question {
  const known = sent.get(predictor);
  if (known !== undefined) return { ...asked, modelId: known };
  const modelId = sent.size;
  sent.set(predictor, modelId);
  const { version, bundle, baseline } = predictor;
  return { ...asked, modelId, model: { version, bundle, baseline } };
}

function tooMuch(what: string): RequestError {
  return new RequestError(413, `the answer takes ${what}: send fewer rows at a time`);
}
