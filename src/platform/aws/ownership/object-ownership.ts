import { BrokenError } from '../../../common/errors.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';
import { refusalOf, whoseBy, type Whose } from './whose.js';

export interface ObjectPlace {
  bucket: string;
  key: string;
}
/** What a write is bound to: that there is nothing, or still what was looked at. */
export type Condition = { IfNoneMatch: '*' } | { IfMatch: string };

export async function whoseObject(
  account: Account,
  { bucket, key }: ObjectPlace,
  signal?: AbortSignal,
): Promise<{ whose: Whose; etag: string } | undefined> {
  const s3 = await account.clients.s3();
  try {
    const found = await s3.headObject({ Bucket: bucket, Key: key }, { abortSignal: signal });
    return { whose: whoseBy(account, found.Metadata ?? {}), etag: found.ETag ?? '' };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * What a write to an object is to be bound to. `takeOver`: a person named exactly this object.
 * @throws RefusedError for one that we did not write
 */
export async function conditionFor(
  account: Account,
  at: ObjectPlace,
  { takeOver = false, signal }: { takeOver?: boolean; signal?: AbortSignal } = {},
): Promise<Condition> {
  const found = await whoseObject(account, at, signal);
  if (found === undefined) return { IfNoneMatch: '*' };
  return boundTo(account, at, found, takeOver);
}

/** @throws RefusedError for what we did not write */
export function boundTo(
  account: Account,
  at: ObjectPlace,
  { whose, etag }: { whose: Whose; etag: string },
  takeOver = false,
): { IfMatch: string } {
  if (whose.is !== 'ours' && !takeOver) throw refusalOf(account, thingAt(at), whose);
  account.verified.set(nameOf(at), etag);
  return { IfMatch: etag };
}

/** Asked before each call that writes or deletes an object. @throws BrokenError for one that is bound to nothing */
export async function mustBeBound(account: Account, input: Partial<Record<string, unknown>>): Promise<void> {
  const { Bucket: bucket = '', Key: key = '', IfMatch, IfNoneMatch } = input as Record<string, string | undefined>;
  const at = { bucket, key };
  if (IfNoneMatch === '*') return;
  if (IfMatch === undefined) throw new BrokenError(`${nameOf(at)}: a write that is bound to nothing is not sent`);
  if (account.verified.get(nameOf(at)) === IfMatch) return void account.verified.delete(nameOf(at));
  const found = await whoseObject(account, at);
  if (found !== undefined && found.whose.is !== 'ours') throw refusalOf(account, thingAt(at), found.whose);
}

function thingAt(at: ObjectPlace) {
  return { kind: 'object', name: nameOf(at) } as const;
}

function nameOf({ bucket, key }: ObjectPlace): string {
  return `s3://${bucket}/${key}`;
}
