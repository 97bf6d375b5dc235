import { messageOf } from '../common/errors.js';
import { json, type Answer } from './http/route.js';
import { RequestError } from './request-error.js';

/** A model that broke on a request; its status is the model's own. */
export class PredictionError extends Error {}

function failureOf(error: unknown): { status: number; body: Record<string, unknown> } {
  if (error instanceof RequestError) return { status: error.status, body: { error: error.message, ...error.details } };
  const type = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).name : 'Error';
  return { status: 500, body: { error: `Error during prediction: ${messageOf(error)}`, type } };
}

/** Told with what is refused only for a while. */
const laterHeaders = (status: number): Record<string, string> =>
  status === 429 || status === 503 ? { 'retry-after': '1' } : {};

/** Turns an error into an answer that names the problem. */
export function failureAnswer(error: unknown): Answer {
  const { status, body } = failureOf(error);
  return json(body, status, laterHeaders(status));
}

const errorTypes: Partial<Record<number, string>> = {
  401: 'AccessDeniedException',
  403: 'AccessDeniedException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailable',
};

/** The same as SageMaker's runtime would say it: a broken model is a ModelError (424), the rest a ValidationError. */
export function runtimeFailure(error: unknown): Answer {
  const { status, body } = failureOf(error);
  const modelBroke = status === 500;
  const type = modelBroke ? 'ModelError' : (errorTypes[status] ?? 'ValidationError');
  const original = modelBroke ? { OriginalStatusCode: status, OriginalMessage: JSON.stringify(body) } : {};
  const { error: message, ...details } = body;
  return json({ Message: message, ...original, ...details }, modelBroke ? 424 : status, {
    'x-amzn-ErrorType': type,
    ...laterHeaders(status),
  });
}
