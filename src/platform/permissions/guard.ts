import { RefusedError } from '../../common/errors.js';

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
  if (readOnlyBecause === undefined) return;
  throw new RefusedError(`${placed(environment)} is read-only, so this is refused: ${purpose}. ${readOnlyBecause}`);
}

/** Something that is gone once it is done. */
export interface Destruction {
  /** `delete endpoint churn`. */
  what: string;
  /** The name that has to be typed: the resource's own. */
  resource: string;
  /**
   * Whether a person is asked on this machine too, where most things are quickly made again: one who sits at a terminal,
   * or, for a list of things that was shown, somebody in any case.
   */
  askLocally?: 'a person' | 'always';
  /** What is left of it all the same, in a sentence. */
  left?: string;
}

/** What is left of most things: they are made again from it. */
export const dataStays = 'The data in its bucket stays.';

/**
 * Outside of this machine, a person who destroys something types its name, having been shown where it lies.
 * @throws RefusedError when the name was not typed, or another one was
 */
export function confirmName(
  environment: Omit<Guarded, 'readOnlyBecause'>,
  { what, resource }: Destruction,
  typed?: string,
) {
  if (typed === resource) return;
  const found = typed === undefined ? 'nothing was confirmed' : `"${typed}" was typed`;
  throw new RefusedError(
    `${placed(environment)}: ${what} needs its name to be confirmed, and ${found}; add: --yes --confirm ${resource}`,
  );
}

function placed({ name, where }: Omit<Guarded, 'readOnlyBecause'>): string {
  return `environment ${name}${where ? ` (${where})` : ''}`;
}
