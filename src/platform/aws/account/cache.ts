import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BrokenError } from '../../../common/errors.js';
import { insideState } from '../../../common/inside.js';
import { fileError, moveAtomic, writeAtomic } from '../../../common/files.js';

/** One state of an object: another content has another tag. */
export interface ObjectState {
  bucket: string;
  key: string;
  etag: string;
  size: number;
}

export interface Cache {
  /** Below what it keeps: `<project>/.mlops/cache/`. */
  root: string;
  /** Whose buckets these are: account or profile, so that one account never reads what another one fetched. */
  owner: () => Promise<string>;
}

/**
 * The path of a file with the object's bytes in exactly this state, fetched when it is not there.
 * Files are complete from the moment they have their name, and never change: the tag is part of it.
 */
export async function cachedFile(
  { root, owner }: Cache,
  object: ObjectState,
  open: () => Promise<Readable>,
  signal?: AbortSignal,
): Promise<string> {
  const path = insideState(join(root, cachePath(await owner(), object)));
  if (await hasSize(path, object.size)) return path;
  const temporary = insideState(join(root, 'tmp'));
  const half = join(temporary, `${process.pid}.${randomUUID()}`);
  await writeAtomic(join(root, '.gitignore'), '*\n', { temporary, ifAbsent: true });
  try {
    await mkdir(dirname(half), { recursive: true });
    await pipeline(await open(), createWriteStream(half), { signal });
    if (!(await hasSize(half, object.size))) {
      const { size } = await stat(half);
      throw new BrokenError(`s3://${object.bucket}/${object.key}: got ${size} bytes, expected ${object.size}`);
    }
    await moveAtomic(half, path, { temporary });
    return path;
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError('write', path, error);
  } finally {
    await rm(half, { force: true });
  }
}

/** `<owner>/<bucket>/<key as folders>/<tag><extension>`: a key may also be the beginning of others. */
export function cachePath(owner: string, { bucket, key, etag }: ObjectState): string {
  const parts = [owner, bucket, ...key.split('/'), etag.replaceAll('"', '')].map(harmless);
  return join(...parts) + harmless(endingOf(key));
}

/** `.csv.gz` is one ending: what a file holds is told by both of its parts. */
function endingOf(key: string): string {
  const packed = extname(key) === '.gz' ? '.gz' : '';
  return extname(key.slice(0, key.length - packed.length)) + packed;
}

/** A part of a path that every file system takes and that leads nowhere else. `=` stays: DuckDB reads partitions. */
function harmless(part: string): string {
  const encoded = part.replace(/[^A-Za-z0-9._=@+ -]|[. ]$|^\.+$/gu, (found) => encodeURIComponent(found));
  const dotted = encoded.replace(/\.$|^\.+$/, (dots) => '%2E'.repeat(dots.length));
  return dotted === '' ? '%00' : dotted;
}

async function hasSize(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === size;
}
