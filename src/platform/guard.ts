import { RefusedError } from '../common/errors.js';

export interface Guarded {
  name: string;
  kind: 'local' | 'aws';
  /** Where it lies, as far as it is known: `eu-west-1, profile prod, account 123456789012`. */
  where?: string;
  /** Why it must not be written to, with what would change that; undefined when writing is on. */
  readOnlyBecause: string | undefined;
}

/**
 * Asked before a writer is handed out, and the first call of every command that changes something.
 * @throws RefusedError naming the environment, what was refused and why
 */
export function guard(environment: Guarded, purpose: string): void {
  const { readOnlyBecause } = environment;
  if (readOnlyBecause !== undefined) refuse({ ...environment, readOnlyBecause }, purpose);
}

/** The guard's answer for an environment that has no writers at all. @throws RefusedError always */
export function refuse(environment: Guarded & { readOnlyBecause: string }, purpose: string): never {
  const { name, where, readOnlyBecause } = environment;
  throw new RefusedError(
    `environment ${name}${where ? ` (${where})` : ''} is read-only, so this is refused: ${purpose}. ${readOnlyBecause}`,
  );
}
