import { BrokenError, CancelledError, messageOf, ProjectFileError, SignInExpired } from '../common/errors.js';

/** Whether the rest is still told: what one service refuses or lacks says nothing of the others. */
export function canBeLeftOut(error: unknown): boolean {
  // An expired sign-in fails everywhere, and is renewed before anything is looked at again.
  const whole = error instanceof SignInExpired || error instanceof ProjectFileError || error instanceof CancelledError;
  return error instanceof BrokenError && !whole;
}

/** One thing that could not be looked at. */
export interface LeftOut {
  name: string;
  error: unknown;
}

/**
 * Looks at each of several things by its name; one that cannot be looked at leaves the others, and is named.
 * @throws what ends everything: an expired sign-in, a project file that is wrong, a person who cancels
 */
export async function lookAtEach<Found>(
  names: readonly string[],
  look: (name: string) => Promise<Found | undefined>,
): Promise<{ found: Found[]; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const looks = await Promise.all(
    names.map(async (name) => {
      try {
        return await look(name);
      } catch (error) {
        if (!canBeLeftOut(error)) throw error;
        leftOut.push({ name, error });
        return undefined;
      }
    }),
  );
  return { found: looks.filter((one) => one !== undefined), leftOut };
}

/** Why something cannot be told beside what can. @throws what ends everything, such as an expired sign-in */
export function reasonLeftOut(error: unknown): string {
  if (!canBeLeftOut(error)) throw error;
  return messageOf(error);
}
