import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, fileError } from '../../common/files.js';
import { insideState } from '../../common/inside.js';
import { byBytes } from '../shared/keys.js';
import type { ObjectEntry } from '../ports/objects.js';

export interface Walk {
  /** The bucket's folder. */
  root: string;
  prefix: string;
  /** Fold what lies below the next `/` into one folder entry. */
  folders: boolean;
  /** Is told what is no file and no folder: links could lead out, so they are passed over. */
  passedOver?: (key: string) => void;
  /** Only entries whose key comes after this one. */
  after?: string;
  signal?: AbortSignal;
}

/**
 * A bucket's entries in the order of their keys, read folder by folder as they are asked for.
 * A folder's name counts with its `/`, for so it stands in the keys: `a-b` < `a.txt` < `a/x` < `a0`.
 */
export async function* walk(request: Walk): AsyncGenerator<ObjectEntry> {
  const cut = request.prefix.lastIndexOf('/') + 1;
  yield* walkFolder(request, request.prefix.slice(0, cut));
}

async function* walkFolder(request: Walk, folder: string): AsyncGenerator<ObjectEntry> {
  request.signal?.throwIfAborted();
  const { keys, others } = await keysIn(request.root, folder);
  for (const key of others)
    if (key.startsWith(request.prefix) && !isPassed(key, request.after)) request.passedOver?.(key);
  for (const key of keys) {
    if (!key.startsWith(request.prefix) && !request.prefix.startsWith(key)) continue;
    if (isPassed(key, request.after)) continue;
    if (!key.endsWith('/')) {
      const entry = await objectAt(request.root, key);
      if (entry) yield entry;
    } else if (!request.folders) yield* walkFolder(request, key);
    else if (key !== request.after && (await holdsObjects(request.root, key))) yield { kind: 'folder', key };
  }
}

/** Whether a key, or everything below a folder, was on an earlier page. */
function isPassed(key: string, after: string | undefined): boolean {
  if (after === undefined) return false;
  if (key.endsWith('/') && after.startsWith(key)) return false;
  return byBytes(key, after) <= 0;
}

/** Keys of the files and folders (with `/`) right below a folder, sorted, and of what is neither. */
async function keysIn(root: string, folder: string): Promise<{ keys: string[]; others: string[] }> {
  try {
    const entries = await readdir(insideState(join(root, folder)), { withFileTypes: true });
    const listed = entries.filter((entry) => entry.isFile() || entry.isDirectory());
    const keys = listed.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
    const others = entries.filter((entry) => !listed.includes(entry)).map(({ name }) => `${folder}${name}`);
    return { keys: keys.sort(byBytes), others: others.sort(byBytes) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return { keys: [], others: [] };
    throw fileError('read', join(root, folder), error);
  }
}

/** Undefined when it vanished since its folder was read. */
async function objectAt(root: string, key: string): Promise<ObjectEntry | undefined> {
  try {
    const { size, mtime } = await stat(join(root, key));
    return { kind: 'object', key, size, modifiedAt: mtime.toISOString() };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError('read', join(root, key), error);
  }
}

/** In S3 a folder is there only as long as an object lies below it. */
async function holdsObjects(root: string, folder: string): Promise<boolean> {
  for (const key of (await keysIn(root, folder)).keys) {
    if (!key.endsWith('/') || (await holdsObjects(root, key))) return true;
  }
  return false;
}
