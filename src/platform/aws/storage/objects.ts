import { open, readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { NoSuchObject, ProjectFileError } from '../../../common/errors.js';
import { projectFileName } from '../../../project/file-name.js';
import { byBytes } from '../../shared/keys.js';
import type { CallOptions } from '../../ports/calls.js';
import type { InBucket, ObjectEntry, ObjectReader } from '../../ports/objects.js';
import { cachedFile, type ObjectState } from '../account/cache.js';
import { causeOf, isMissing } from '../account/explain.js';
import { isPacked, unpackedBeside } from './content-encoding.js';
import type { Account } from '../account/place.js';

/** As many as S3 gives at once. */
const pageSize = 1000;

/** The reader of the port, and what only the other readers here need. */
export interface S3Reader extends ObjectReader {
  /** Local files of every Parquet object below a prefix, in the order of their keys. */
  parquetFiles(bucket: string, prefix: string, options?: CallOptions): Promise<string[]>;
}

export function objectReader(account: Account): S3Reader {
  const { clients, cache, downloads } = account;

  const download = (object: ObjectState, { signal }: CallOptions) =>
    downloads(() => cachedFile(cache, object, () => openBody(account, object, signal), signal));
  const unpackedFile = async (object: ObjectState, options: CallOptions) =>
    unpackedBeside(await download(object, options), `s3://${object.bucket}/${object.key}`, options.signal);

  return {
    async buckets({ token, limit = pageSize, signal } = {}) {
      const s3 = await clients.s3();
      const found = await s3.listBuckets({ MaxBuckets: limit, ContinuationToken: token }, { abortSignal: signal });
      const items = (found.Buckets ?? []).map(({ Name = '', CreationDate }) => ({
        name: Name,
        createdAt: CreationDate?.toISOString(),
      }));
      return { items, next: found.ContinuationToken };
    },

    async list(prefix, { token, limit = pageSize, signal, folders = false, bucket } = {}) {
      const s3 = await clients.s3();
      const found = await s3.listObjectsV2(
        {
          Bucket: bucketOf(account, bucket),
          Prefix: prefix,
          Delimiter: folders ? '/' : undefined,
          MaxKeys: Math.min(limit, pageSize),
          ContinuationToken: token,
        },
        { abortSignal: signal },
      );
      const inFolders = (found.CommonPrefixes ?? []).map(({ Prefix = '' }) => folderEntry(Prefix));
      // An empty object named like the folder itself is how consoles make folders.
      const inFiles = (found.Contents ?? []).filter(({ Key }) => !(folders && Key === prefix)).map(objectEntry);
      const items = [...inFolders, ...inFiles].sort((left, right) => byBytes(left.key, right.key));
      return { items, next: found.NextContinuationToken };
    },

    async head(key, { bucket, signal } = {}) {
      const found = await headOf(account, key, { bucket, signal });
      if (!found?.packed) return found && { size: found.size, modifiedAt: found.modifiedAt };
      // How long it is as it reads: its parts are asked for by that.
      const { size } = await stat(await unpackedFile({ ...found, bucket: bucketOf(account, bucket), key }, { signal }));
      return { size, modifiedAt: found.modifiedAt };
    },

    async read(key, { bucket, from = 0, maxBytes, signal } = {}) {
      const s3 = await clients.s3();
      const last = maxBytes === undefined ? '' : from + Math.max(1, maxBytes) - 1;
      const range = from === 0 && maxBytes === undefined ? undefined : `bytes=${from}-${last}`;
      const request = { Bucket: bucketOf(account, bucket), Key: key, Range: range };
      try {
        const found = await s3.getObject(request, { abortSignal: signal });
        if (isPacked(key, found.ContentEncoding)) {
          (found.Body as Readable | undefined)?.destroy();
          const state = { bucket: request.Bucket, key, etag: found.ETag ?? '', size: wholeSize(found) };
          return await bytesOf(await unpackedFile(state, { signal }), from, maxBytes);
        }
        const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return maxBytes === undefined ? bytes : bytes.subarray(0, maxBytes);
      } catch (error) {
        signal?.throwIfAborted();
        if (isMissing(error)) return undefined;
        // An empty object has no first byte, and none has one behind its end.
        if (causeOf(error).name === 'InvalidRange') return new Uint8Array();
        throw error;
      }
    },

    async file(key, options = {}) {
      const found = await headOf(account, key, options);
      if (found === undefined)
        throw new NoSuchObject(`there is no object ${key} in bucket ${bucketOf(account, options.bucket)}`, key);
      const object = { ...found, bucket: bucketOf(account, options.bucket), key };
      return found.packed ? unpackedFile(object, options) : download(object, options);
    },

    async parquetFiles(bucket, prefix, options = {}) {
      const s3 = await clients.s3();
      const found: ObjectState[] = [];
      let token: string | undefined;
      do {
        const request = { Bucket: bucket, Prefix: prefix, ContinuationToken: token };
        const page = await s3.listObjectsV2(request, { abortSignal: options.signal });
        for (const { Key = '', ETag = '', Size = 0 } of page.Contents ?? [])
          if (Key.endsWith('.parquet')) found.push({ bucket, key: Key, etag: ETag, size: Size });
        token = page.NextContinuationToken;
      } while (token !== undefined);
      // Only now: a download that failed while a later page was still on its way would be caught by nobody.
      return Promise.all(found.map((object) => download(object, options)));
    },
  };
}

/** @throws InputError when the environment names no bucket of its own */
export function bucketOf({ settings }: Account, bucket = settings.bucket): string {
  if (bucket) return bucket;
  const { name } = settings;
  throw new ProjectFileError(
    `found no bucket, expected the project's own; set environments.${name}.bucket in mlops.json`,
    projectFileName,
    { place: `environment ${name}` },
  );
}

async function headOf(account: Account, key: string, { bucket, signal }: InBucket) {
  const s3 = await account.clients.s3();
  try {
    const found = await s3.headObject({ Bucket: bucketOf(account, bucket), Key: key }, { abortSignal: signal });
    const { ContentLength: size = 0, LastModified, ETag: etag = '', ContentEncoding } = found;
    return { size, etag, modifiedAt: isoOf(LastModified), packed: isPacked(key, ContentEncoding) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The bytes of exactly this state: one that was replaced since is refused by S3. */
async function openBody({ clients }: Account, { bucket, key, etag }: ObjectState, signal?: AbortSignal) {
  const s3 = await clients.s3();
  const found = await s3.getObject({ Bucket: bucket, Key: key, IfMatch: etag }, { abortSignal: signal });
  return found.Body as Readable;
}

async function bytesOf(path: string, from: number, maxBytes: number | undefined): Promise<Uint8Array> {
  if (maxBytes === undefined) return (await readFile(path)).subarray(from);
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Of an answer to a request for a part, `bytes 0-9/120` says how much there is. */
function wholeSize({ ContentRange, ContentLength = 0 }: { ContentRange?: string; ContentLength?: number }): number {
  const whole = /\/(\d+)$/.exec(ContentRange ?? '')?.[1];
  return whole === undefined ? ContentLength : Number(whole);
}

function folderEntry(key: string): ObjectEntry {
  return { kind: 'folder', key };
}

function objectEntry(found: { Key?: string; Size?: number; LastModified?: Date }): ObjectEntry {
  return { kind: 'object', key: found.Key ?? '', size: found.Size ?? 0, modifiedAt: isoOf(found.LastModified) };
}

function isoOf(date: Date | undefined): string {
  return date?.toISOString() ?? '';
}
