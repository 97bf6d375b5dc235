import { readFile, rm, stat } from 'node:fs/promises';
import { ConflictError } from '../../common/errors.js';
import { fileError } from '../../common/files.js';
import { sha256 } from '../../common/hash.js';
import { checkKey } from '../keys.js';
import type { CallOptions, ObjectWriter, PutOptions } from '../ports.js';
import { causeOf, isMissing } from './explain.js';
import { uploadInParts } from './multipart.js';
import { bucketOf, type S3Reader } from './objects.js';
import type { Account } from './place.js';
import { objectMetadata } from './tags.js';

/** Above this a file goes up in parts, so that a cut connection costs one part and not the whole. */
const inOnePiece = 16 * 2 ** 20;

/** The writer of the port, and what only the other writers here need. */
export interface S3Writer extends ObjectWriter {
  /** Like `putFile`, to a bucket that need not be the project's own. */
  putFileTo(to: { bucket: string; key: string }, path: string, options?: CallOptions): Promise<void>;
}

export function objectWriter(account: Account, read: S3Reader): S3Writer {
  const { clients } = account;
  const Metadata = objectMetadata(account);

  const putFileTo: S3Writer['putFileTo'] = async ({ bucket, key }, path, { signal } = {}) => {
    const { size } = await stat(path).catch((error: unknown) => {
      throw fileError('read', path, error);
    });
    if (size > inOnePiece) await uploadInParts(account, { bucket, key, path, size }, signal);
    else {
      const s3 = await clients.s3();
      const Body = await readFile(path);
      await s3.putObject({ Bucket: bucket, Key: key, Body, Metadata }, { abortSignal: signal });
    }
    // It was taken over: a local environment would have moved it.
    await rm(path, { force: true });
  };

  return {
    async put(key, body, options = {}) {
      checkKey(key);
      const { signal } = options;
      const Bucket = bucketOf(account);
      const Body = typeof body === 'string' ? Buffer.from(body) : body;
      const s3 = await clients.s3();
      const condition = await conditionOf(account, key, options);
      try {
        await s3.putObject({ Bucket, Key: key, Body, Metadata, ...condition }, { abortSignal: signal });
      } catch (error) {
        if (!isConflict(error)) throw error;
        // A repeated call meets what its own first attempt wrote, when only the answer was lost.
        const there = wasRepeated(error) ? await read.read(key, { signal }) : undefined;
        if (there !== undefined && Buffer.compare(there, Body) === 0) return;
        throw conflict(key, options, error);
      }
    },
    async putFile(key, path, options) {
      checkKey(key);
      await putFileTo({ bucket: bucketOf(account), key }, path, options);
    },
    putFileTo,
    async remove(key, { signal } = {}) {
      checkKey(key);
      const s3 = await clients.s3();
      await s3.deleteObject({ Bucket: bucketOf(account), Key: key }, { abortSignal: signal });
    },
  };
}

/** What S3 is to check. `ifMatch` names bytes, S3 knows tags: the tag of what is there, when those are its bytes. */
async function conditionOf(account: Account, key: string, { ifAbsent, ifMatch, signal }: PutOptions) {
  if (ifAbsent) return { IfNoneMatch: '*' };
  if (ifMatch === undefined) return {};
  const s3 = await account.clients.s3();
  try {
    const found = await s3.getObject({ Bucket: bucketOf(account), Key: key }, { abortSignal: signal });
    const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
    if (sha256(bytes) !== ifMatch) throw conflict(key, { ifMatch });
    return { IfMatch: found.ETag };
  } catch (error) {
    if (isMissing(error)) throw conflict(key, { ifMatch }, error);
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
