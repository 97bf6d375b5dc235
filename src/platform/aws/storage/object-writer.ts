import { readFile, rm, stat } from 'node:fs/promises';
import { ConflictError } from '../../../common/errors.js';
import { fileError } from '../../../common/files.js';
import { sha256 } from '../../../common/hash.js';
import { checkKey } from '../../shared/keys.js';
import type { CallOptions } from '../../ports/calls.js';
import type { ObjectWriter, PutOptions } from '../../ports/objects.js';
import { causeOf, isMissing } from '../account/explain.js';
import { uploadInParts } from './multipart.js';
import { boundTo, conditionFor, type Condition, type ObjectPlace } from '../ownership/object-ownership.js';
import { bucketOf, type S3Reader } from './objects.js';
import type { Account } from '../account/place.js';
import { objectMetadata } from '../ownership/tags.js';
import { whoseBy } from '../ownership/whose.js';

/** Above this a file goes up in parts, so that a cut connection costs one part and not the whole. */
const inOnePiece = 16 * 2 ** 20;
/** How often a plain write looks anew when the object changed between looking and writing. */
const attempts = 3;

/** The writer of the port, and what only the other writers here need. */
export interface S3Writer extends ObjectWriter {
  /** Like `putFile`, to a bucket that need not be the project's own. */
  putFileTo(to: ObjectPlace, path: string, options?: CallOptions): Promise<void>;
}

/** Every write is bound to what was there, and nothing that we did not write is replaced or deleted. */
export function objectWriter(account: Account, read: S3Reader): S3Writer {
  const { clients } = account;
  const Metadata = objectMetadata(account);

  const putBody = async (at: ObjectPlace, Body: Uint8Array, options: PutOptions, left = attempts): Promise<void> => {
    const { signal } = options;
    const condition = await conditionOf(account, at, options);
    const s3 = await clients.s3();
    try {
      await s3.putObject({ Bucket: at.bucket, Key: at.key, Body, Metadata, ...condition }, { abortSignal: signal });
    } catch (error) {
      if (!isConflict(error)) throw error;
      // A repeated call meets what its own first attempt wrote, when only the answer was lost.
      const there = wasRepeated(error) ? await read.read(at.key, { bucket: at.bucket, signal }) : undefined;
      if (there !== undefined && Buffer.compare(there, Body) === 0) return;
      const isPlain = !options.ifAbsent && options.ifMatch === undefined;
      if (isPlain && left > 1) return putBody(at, Body, options, left - 1);
      throw conflict(at.key, options, error);
    }
  };

  const putFileTo: S3Writer['putFileTo'] = async (at, path, { signal } = {}) => {
    const { size } = await stat(path).catch((error: unknown) => {
      throw fileError('read', path, error);
    });
    if (size > inOnePiece)
      await uploadInParts(
        account,
        { ...at, path, size, condition: await conditionFor(account, at, { signal }) },
        signal,
      );
    else await putBody(at, await readFile(path), { signal });
    // It was taken over: a local environment would have moved it.
    await rm(path, { force: true });
  };

  return {
    async put(key, body, options = {}) {
      checkKey(key);
      await putBody({ bucket: bucketOf(account), key }, typeof body === 'string' ? Buffer.from(body) : body, options);
    },
    async putFile(key, path, options) {
      checkKey(key);
      await putFileTo({ bucket: bucketOf(account), key }, path, options);
    },
    putFileTo,
    async remove(key, { takeOver, signal } = {}) {
      checkKey(key);
      const at = { bucket: bucketOf(account), key };
      const condition = await conditionFor(account, at, { takeOver, signal });
      if (!('IfMatch' in condition)) return;
      const s3 = await clients.s3();
      try {
        await s3.deleteObject({ Bucket: at.bucket, Key: key, ...condition }, { abortSignal: signal });
      } catch (error) {
        if (isMissing(error)) return;
        if (isConflict(error)) throw conflict(key, {}, error);
        throw error;
      }
    },
  };
}

/** What S3 is to check. `ifMatch` names bytes, S3 knows tags: the tag of what is there, when those are its bytes. */
async function conditionOf(
  account: Account,
  at: ObjectPlace,
  { ifAbsent, ifMatch, takeOver, signal }: PutOptions,
): Promise<Condition> {
  if (ifAbsent) return { IfNoneMatch: '*' };
  if (ifMatch === undefined) return conditionFor(account, at, { takeOver, signal });
  const s3 = await account.clients.s3();
  try {
    const found = await s3.getObject({ Bucket: at.bucket, Key: at.key }, { abortSignal: signal });
    const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
    if (sha256(bytes) !== ifMatch) throw conflict(at.key, { ifMatch });
    return boundTo(account, at, { whose: whoseBy(account, found.Metadata ?? {}), etag: found.ETag ?? '' }, takeOver);
  } catch (error) {
    if (isMissing(error)) throw conflict(at.key, { ifMatch }, error);
    throw error;
  }
}

function conflict(key: string, { ifAbsent }: PutOptions, cause?: unknown): ConflictError {
  const why = ifAbsent ? 'exists already and is not replaced' : 'is no longer what was read';
  return new ConflictError(`object ${key} ${why}`, { cause });
}

/** S3 refuses a condition that does not hold, and one that another write at the same moment decides. */
export function isConflict(error: unknown): boolean {
  const { name, $metadata } = causeOf(error);
  return ['PreconditionFailed', 'ConditionalRequestConflict'].includes(name) || $metadata?.httpStatusCode === 412;
}

export function wasRepeated(error: unknown): boolean {
  return (causeOf(error).$metadata?.attempts ?? 1) > 1;
}
