import type { DataQualityBaseline } from '../../documents/baselines.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { PredictionError } from '../failure.js';
import { RequestError } from '../request-error.js';
import type { AnswerText, AskedBody } from './answer-text.js';

/** Says to a worker thread that it is to answer requests. */
export const answersRole = 'answers';

/** A model as it goes to another thread: data without functions. */
export interface SentModel {
  version: string;
  bundle: Bundle;
  baseline?: DataQualityBaseline;
}

/** What the thread is told: `model` only the first time that it is asked for this `modelId`. */
export interface Question extends AskedBody {
  modelId: number;
  model?: SentModel;
}

export type Reply =
  | ({ kind: 'text' } & AnswerText)
  | { kind: 'refused'; status: RequestError['status']; message: string; details: Record<string, unknown> }
  | { kind: 'broke'; name: string; message: string; stack: string | undefined };

/** An error without its class, which does not survive the way between threads. */
export function replyOfError(error: unknown): Reply {
  if (error instanceof RequestError)
    return { kind: 'refused', status: error.status, message: error.message, details: error.details };
  const cause = error instanceof PredictionError ? error.cause : error;
  if (!(cause instanceof Error)) return { kind: 'broke', name: 'Error', message: String(cause), stack: undefined };
  return { kind: 'broke', name: cause.name, message: cause.message, stack: cause.stack };
}

/** The error again, of the class that the answer's status depends on. */
export function errorOfReply(reply: Exclude<Reply, { kind: 'text' }>): Error {
  if (reply.kind === 'refused') return new RequestError(reply.status, reply.message, reply.details);
  const { name, message, stack } = reply;
  return new PredictionError(message, { cause: Object.assign(new Error(message), { name, stack }) });
}
