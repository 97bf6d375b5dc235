import { startWorker } from '../../common/processes/start-worker.js';
import type { Predictor } from '../predictor.js';
import { answerOutside } from './answer-outside.js';
import { type AnswerText, answerText, type AskedBody } from './answer-text.js';
import { threadOf, type AnsweringThread } from './thread.js';
import { costsOf } from './costs.js';
import { answersRole } from './messages.js';
import { RequestError } from '../request-error.js';
import { turns } from './turns.js';
import type { Soon } from '../soon.js';

/** Answers requests without keeping the process from its health check. */
export interface Answerer {
  /**
   * @throws RequestError, also where an answer takes too long or too much memory, and 503 where too many wait;
   * PredictionError
   */
  answer(predictor: Predictor, asked: AskedBody): Soon<AnswerText>;
  close(): Promise<void>;
}

/** More requests than this do not wait: they are refused at once rather than answered when nobody wants it any more. */
const mostWaiting = 400;
/** As SageMaker waits for a model. */
const longestMs = 60_000;
/** What reading and scoring the largest request takes, and a little more. */
const memory = { maxOldGenerationSizeMb: 768 };

/** Requests that take no time are answered here in turns, others in a thread of their own, one after the other. */
export function answererOf(begin = () => startWorker({ workerData: answersRole, resourceLimits: memory })): Answerer {
  const nextTurn = turns();
  const costs = costsOf();
  let thread: AnsweringThread | undefined;
  let waiting = 0;

  /** Undefined: its turn is now. */
  function elsewhere(predictor: Predictor, asked: AskedBody): Promise<AnswerText> | undefined {
    if (predictor.scorer) return answerOutside(predictor, predictor.scorer, asked);
    if (!costs.isShort(predictor, asked)) {
      thread ??= threadOf(begin, longestMs);
      return thread.answer(predictor, asked);
    }
    return nextTurn()?.then(() => here(predictor, asked));
  }

  function here(predictor: Predictor, asked: AskedBody): AnswerText {
    const began = performance.now();
    const answer = answerText(predictor, asked);
    costs.took(predictor, asked, performance.now() - began);
    return answer;
  }

  return {
    answer(predictor, asked) {
      if (waiting >= mostWaiting) throw new RequestError(503, `${waiting} requests wait already: ask again later`);
      const answer = elsewhere(predictor, asked);
      if (answer === undefined) return here(predictor, asked);
      waiting += 1;
      return answer.finally(() => (waiting -= 1));
    },
    async close() {
      await thread?.close();
    },
  };
}
