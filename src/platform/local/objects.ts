import { open, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { ConflictError, NoSuchObject } from '../../common/errors.js';
import {
  codeOf,
  fileError,
  isThere,
  moveAtomic,
  namesIn,
  readIfThere,
  remove,
  writeAtomic,
} from '../../common/files.js';
import { insideState } from '../../common/inside.js';
import { sha256 } from '../../common/hash.js';
import type { BucketInfo, ByteRange, ObjectReader, ObjectWriter } from '../ports/objects.js';
import type { Page } from '../ports/pages.js';
import { byBytes, checkKey, checkName, checkPrefix } from '../shared/keys.js';
import { pageOf, pageSize } from '../shared/paging.js';
import { livesHere, withClaim } from '../../common/claim.js';
import type { Place } from './place.js';
import { walk } from './walk.js';

/** Buckets are folders, keys are paths below them. */
export function objectReader(place: Place): ObjectReader {
  return {
    async buckets(options) {
      const names = (await namesIn(place.buckets)).sort(byBytes);
      const page = pageOf(names, (name) => name, options);
      return { ...page, items: await Promise.all(page.items.map((name) => bucketInfo(place, name))) };
    },
    async list(prefix, options = {}) {
      checkPrefix(prefix);
      const root = await bucketFolder(place, options.bucket);
      const { folders = false, passedOver, token: after, limit = pageSize, signal } = options;
      const page: Page<Awaited<ReturnType<ObjectReader['list']>>['items'][number]> = { items: [] };
      for await (const entry of walk({ root, prefix, folders, passedOver, after, signal })) {
        if (page.items.length === limit) return { ...page, next: page.items.at(-1)!.key };
        page.items.push(entry);
      }
      return page;
    },
    async head(key, options = {}) {
      const found = await statObject(await pathOf(place, key, options.bucket));
      return found && { size: found.size, modifiedAt: found.mtime.toISOString() };
    },
    async read(key, options = {}) {
      options.signal?.throwIfAborted();
      const path = await pathOf(place, key, options.bucket);
      return (await statObject(path)) && readPart(path, options);
    },
    async file(key, options = {}) {
      const path = await pathOf(place, key, options.bucket);
      if (await statObject(path)) return path;
      throw new NoSuchObject(`there is no object ${key} in bucket ${options.bucket ?? place.bucket}`, key);
    },
  };
}

export function objectWriter(place: Place): ObjectWriter {
  const { temporary } = place;
  return {
    async put(key, body, { signal, ifAbsent, ifMatch } = {}) {
      signal?.throwIfAborted();
      const path = await pathOf(place, key);
      if (ifMatch !== undefined) return replace(place, { key, path, ifMatch }, body, signal);
      const written = await writeAtomic(path, body, { temporary, ifAbsent });
      if (!written) throw new ConflictError(`object ${key} exists already and is not replaced`);
    },
    async putFile(key, from, options = {}) {
      options.signal?.throwIfAborted();
      await moveAtomic(from, await pathOf(place, key), { temporary });
    },
    async remove(key) {
      const path = await pathOf(place, key);
      await remove(path);
      await removeEmptyFolders(dirname(path), join(place.buckets, place.bucket));
    },
  };
}

/** Compares and replaces while no other process does; a plain `put` of the same key is not kept out. */
function replace(
  place: Place,
  { key, path, ifMatch }: { key: string; path: string; ifMatch: string },
  body: Uint8Array | string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { temporary } = place;
  const compareAndWrite = async () => {
    const found = await readIfThere(path);
    if (found === undefined || sha256(found) !== ifMatch)
      throw new ConflictError(`object ${key} is no longer what was read`);
    await writeAtomic(path, body, { temporary });
  };
  return withClaim({ path: place.replacing, temporary, lives: livesHere }, `replace ${key}`, compareAndWrite, signal);
}

async function bucketInfo(place: Place, name: string): Promise<BucketInfo> {
  const { birthtime } = await stat(insideState(join(place.buckets, name)));
  return { name, createdAt: birthtime.toISOString() };
}

/** The own bucket needs no folder yet; another one must be there. */
async function bucketFolder(place: Place, bucket = place.bucket): Promise<string> {
  checkName('bucket', bucket);
  const folder = join(place.buckets, bucket);
  if (bucket === place.bucket || (await isThere(folder))) return folder;
  throw new NoSuchObject(
    `there is no bucket ${bucket} here; there are: ${(await namesIn(place.buckets)).join(', ')}`,
    bucket,
  );
}

/** The file of a key. */
async function pathOf(place: Place, key: string, bucket?: string): Promise<string> {
  checkKey(key);
  return insideState(join(await bucketFolder(place, bucket), key));
}

async function statObject(path: string) {
  try {
    const found = await stat(path);
    return found.isFile() ? found : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw fileError('read', path, error);
  }
}

async function readPart(
  path: string,
  { from = 0, maxBytes = Number.POSITIVE_INFINITY }: ByteRange,
): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError('read', path, error);
  });
  try {
    const { size } = await file.stat();
    if (from === 0 && size <= maxBytes) return await file.readFile();
    const bytes = Buffer.alloc(Math.max(0, Math.min(maxBytes, size - from)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } catch (error) {
    throw fileError('read', path, error);
  } finally {
    await file.close();
  }
}

/** Folders that hold nothing any more go with their last object, as they do in S3. */
async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let current = folder; current.startsWith(root + sep); current = dirname(current)) {
    try {
      if ((await readdir(current)).length > 0) return;
      await rmdir(current);
    } catch {
      return; // Another writer put something in at this moment, or the folder is gone already.
    }
  }
}
