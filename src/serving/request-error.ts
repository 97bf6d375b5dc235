import { InputError } from '../common/errors.js';

/** A request that cannot be answered, with its HTTP status; `details` stand beside `error` in the answer. */
export class RequestError extends InputError {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 431 | 503,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export function badRequest(message: string, details?: Record<string, unknown>): RequestError {
  return new RequestError(400, message, details);
}
