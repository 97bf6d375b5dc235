import { BrokenError, CancelledError, InputError, messageOf } from '../../common/errors.js';
import type { Progress } from '../../models/progress.js';

/** What a worker says about its task: how far it is, then one answer. */
export type Answer<Result> =
  { kind: 'progress'; progress: Progress } | { kind: 'result'; result: Result } | { kind: 'error'; error: PlainError };

/** An error without its class, which does not survive the way between threads. */
interface PlainError {
  of: 'input' | 'cancelled' | 'broken' | 'other';
  message: string;
  stack: string | undefined;
}

export function plainError(error: unknown): PlainError {
  const of =
    error instanceof InputError
      ? 'input'
      : error instanceof CancelledError
        ? 'cancelled'
        : error instanceof BrokenError
          ? 'broken'
          : 'other';
  return { of, message: messageOf(error), stack: error instanceof Error ? error.stack : undefined };
}

/** The error again, of the class that its exit code depends on. */
export function errorFrom({ of, message, stack }: PlainError): Error {
  if (of === 'input') return new InputError(message);
  if (of === 'cancelled') return new CancelledError(message);
  if (of === 'broken') return new BrokenError(message);
  return Object.assign(new Error(message), { stack });
}
