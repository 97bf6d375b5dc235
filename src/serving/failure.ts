import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { messageOf } from '../common/errors.js';
import { RequestError } from './request-error.js';

/** A model that broke on a request; its status is the model's own. */
export class PredictionError extends Error {}

/** Turns an error into an answer that names the problem. */
export function failureAnswer(error: unknown): { status: ContentfulStatusCode; body: Record<string, unknown> } {
  if (error instanceof RequestError) return { status: error.status, body: { error: error.message, ...error.details } };
  const type = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).name : 'Error';
  return { status: 500, body: { error: `Error during prediction: ${messageOf(error)}`, type } };
}

const errorTypes: Partial<Record<number, string>> = {
  401: 'AccessDeniedException',
  403: 'AccessDeniedException',
};

/** The same as SageMaker's runtime would say it: a broken model is a ModelError (424), the rest a ValidationError. */
export function runtimeFailure(c: Context, error: unknown): Response {
  const { status, body } = failureAnswer(error);
  const modelBroke = status === 500;
  const type = modelBroke ? 'ModelError' : (errorTypes[status] ?? 'ValidationError');
  const original = modelBroke ? { OriginalStatusCode: status, OriginalMessage: JSON.stringify(body) } : {};
  c.header('x-amzn-ErrorType', type);
  const { error: message, ...details } = body;
  return c.json({ Message: message, ...original, ...details }, modelBroke ? 424 : status);
}
