import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';
import { finders, type TaggedKind } from '../all-rights.js';

/** The ARN of something that can carry tags; undefined when there is none of that name. */
export async function findArn(
  account: Account,
  kind: TaggedKind,
  name: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return await finders[kind](account, name, { abortSignal: signal });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
