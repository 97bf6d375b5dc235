import { WorkbenchError } from '../../common/errors.js';
import { errorFrom as errorOfData, plainError as dataOf, type PlainError } from '../../documents/errors/error-about.js';
import type { Progress } from '../../models/progress.js';

/** What a worker says about its task: how far it is, then one answer. */
export type Answer<Result> =
  { kind: 'progress'; progress: Progress } | { kind: 'result'; result: Result } | { kind: 'error'; error: ThreadError };

/** An error without its class, which does not survive the way between threads; `stack` of one that is none of ours. */
type ThreadError = PlainError & { stack?: string };

export function plainError(error: unknown): ThreadError {
  const stack = error instanceof Error && !(error instanceof WorkbenchError) ? error.stack : undefined;
  return { ...dataOf(error), ...(stack === undefined ? {} : { stack }) };
}

/** The error again, of the class that its exit code depends on. */
export function errorFrom({ stack, ...plain }: ThreadError): Error {
  return stack === undefined ? errorOfData(plain) : Object.assign(new Error(plain.message), { stack });
}
