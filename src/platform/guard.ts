import { RefusedError } from '../common/errors.js';

export interface Guarded {
  name: string;
  kind: 'local' | 'aws';
  /** Why it must not be written to, with what would change that; undefined when writing is on. */
  readOnlyBecause: string | undefined;
}

/**
 * Asked before a writer is handed out, and the first call of every command that changes something.
 * @throws RefusedError naming the environment, what was refused and why
 */
export function guard(environment: Guarded, purpose: string): void {
  if (environment.readOnlyBecause === undefined) return;
  throw new RefusedError(
    `environment ${environment.name} is read-only, so this is refused: ${purpose}. ${environment.readOnlyBecause}`,
  );
}
