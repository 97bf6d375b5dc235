import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { insideState } from '../../common/inside.js';
import { grantsFile } from '../permissions/user-file.js';

/**
 * Whether a `.mlops` was made by this user, and not by the maker of a project that was cloned, copied or unpacked here.
 * `.mlops/owner` holds a line for each user of the folder: a hash of its place on the disk, which no copy has, under a
 * key that lies outside of every project. What processes a strange one names, and whom it tells to wait, counts for
 * nothing; its data stay data.
 */
export function isOurs(root: string): boolean {
  const mark = markOf(root);
  return mark !== undefined && marksIn(root).includes(mark);
}

/** The files of a `.mlops` that steer: who holds it, which process serves where, with which secrets. */
export function steeringFiles(root: string): string[] {
  const endpoints = namesIn(join(root, 'endpoints')).map((name) => join(root, 'endpoints', name));
  const watched = namesIn(join(root, 'watching')).map((name) => join(root, 'watching', name));
  return [
    ...matching(root, /^(lease|replacing|alarming)\b.*\.json$/),
    ...watched.flatMap((folder) => matching(folder, /^lease\b.*\.json$/)),
    ...endpoints.flatMap((folder) => matching(folder, /^((state|wanted|claim)\b.*\.json|token|credentials)$/)),
  ];
}

/**
 * Makes a `.mlops` this user's own before anything is written to it; what a stranger's says of processes is removed. Its
 * files are listed before the mark is read: a process that made it ours a moment ago set its mark before any of them.
 */
export function takeAsOurs(root: string): void {
  const strange = steeringFiles(root);
  if (isOurs(root)) return;
  for (const path of strange) rmSync(insideState(path), { force: true, recursive: true });
  const marks = [...marksIn(root).slice(-mostMarks), markOf(root)];
  const path = insideState(join(root, fileName));
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true });
  writeFileSync(path, `${marks.join('\n')}\n`);
}

const fileName = 'owner';
const mostMarks = 15;

function marksIn(root: string): string[] {
  try {
    return readFileSync(insideState(join(root, fileName)), 'utf8')
      .split('\n')
      .filter(Boolean);
  } catch {
    return [];
  }
}

function markOf(root: string): string | undefined {
  try {
    const { ino } = lstatSync(root, { bigint: true });
    return createHmac('sha256', userKey()).update(String(ino)).digest('hex');
  } catch {
    return undefined;
  }
}

/** Made when it is first asked for. Where a user has no place to keep it, a weaker one still tells machines apart. */
function userKey(path = join(dirname(grantsFile()), 'key')): Buffer {
  try {
    return readFileSync(path);
  } catch {
    const half = `${path}.${process.pid}`;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(half, randomBytes(32), { mode: 0o600 });
      linkSync(half, path); // The first one made it.
    } catch {
      // What lies there now, if anything, decides.
    }
    rmSync(half, { force: true });
    try {
      return readFileSync(path);
    } catch {
      return Buffer.from(`${hostname()} ${userInfo().uid}`);
    }
  }
}

function matching(folder: string, names: RegExp): string[] {
  return namesIn(folder).flatMap((name) => (names.test(name) ? [join(folder, name)] : []));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(insideState(folder));
  } catch {
    return [];
  }
}
