import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  copyFile,
  link,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BrokenError, messageOf, WorkbenchError } from './errors.js';
import { insideState, LeadsOut } from './inside.js';
import { isRunning } from './processes/process-identity.js';

/** A file system's answer in a person's words. */
const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where the file should be',
  ENOTEMPTY: 'a folder stands where the file should be',
  ENAMETOOLONG: 'the name is too long for this file system',
  EMFILE: 'too many open files',
  EIO: 'the disk reports an I/O error',
};

export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** One line that names the path and what is wrong with it: `cannot write /p/x: the disk is full`. */
export function fileError(doing: 'read' | 'write' | 'remove', path: string, error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const reason = reasons[codeOf(error) ?? ''] ?? messageOf(error);
  return new BrokenError(`cannot ${doing} ${path}: ${reason}`, { cause: error });
}

/**
 * Makes a folder and those above it, one by one: in a file system that takes none, a recursive mkdir tries for ever.
 * @param attempt how often it was tried
 * @throws what the file system says; BrokenError naming the path where it takes none
 */
export async function makeFolder(path: string, attempt = 1): Promise<void> {
  try {
    await mkdir(insideState(path));
  } catch (error) {
    const code = codeOf(error);
    const above = dirname(path);
    if (code === 'EEXIST') {
      if ((await stat(path)).isDirectory()) return;
      throw Object.assign(new Error(`${path} is no folder`, { cause: error }), { code: 'ENOTDIR' });
    }
    if (code !== 'ENOENT') throw error;
    // Others may have made the folder above just now, so only a second refusal below it counts.
    if (above === path || attempt > 2) throw fileError('write', path, error);
    await makeFolder(above);
    await makeFolder(path, attempt + 1);
  }
}

export interface WriteOptions {
  /** Folder for the half-written file; must lie on the same file system as the target. */
  temporary: string;
  /** Fail with `exists: true` instead of replacing. */
  ifAbsent?: boolean;
  /** Permissions, e.g. 0o600 for a secret. */
  mode?: number;
}

/**
 * Writes a whole file or nothing: temporary name, fsync, rename, fsync of the folder.
 * Answers false (and writes nothing) when `ifAbsent` is set and the file is there.
 * @throws BrokenError naming the path
 */
export async function writeAtomic(path: string, body: Uint8Array | string, options: WriteOptions): Promise<boolean> {
  const half = join(insideState(options.temporary), temporaryName());
  try {
    insideState(path);
    await makeFolder(options.temporary);
    const file = await open(half, 'wx', options.mode ?? 0o666);
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    return await settle(half, path, options.ifAbsent === true);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw fileError('write', path, error);
  }
}

/**
 * Takes over a finished file: moved when it lies on the same file system, copied otherwise; synced either way.
 * @throws BrokenError naming the target
 */
export async function moveAtomic(from: string, path: string, options: { temporary: string }): Promise<void> {
  try {
    insideState(path);
    await syncFile(insideState(from));
    await settle(from, path, false);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw fileError('write', path, error);
    await copyAtomic(from, path, options.temporary);
    await rm(from, { force: true });
  }
}

async function copyAtomic(from: string, path: string, temporary: string): Promise<void> {
  const half = join(insideState(temporary), temporaryName());
  try {
    await makeFolder(temporary);
    await copyFile(from, half, constants.COPYFILE_FICLONE);
    await syncFile(half);
    await settle(half, path, false);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw fileError('write', path, error);
  }
}

/** Gives a complete file its name. A hard link never replaces, which makes `ifAbsent` exclusive. */
async function settle(half: string, path: string, ifAbsent: boolean): Promise<boolean> {
  await makeFolder(dirname(path));
  insideState(path);
  if (ifAbsent) {
    try {
      await link(half, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      await rm(half, { force: true });
      return false;
    }
    await rm(half, { force: true });
  } else await rename(half, path).catch((error: unknown) => renameOverEmpty(half, path, error));
  await syncFolder(dirname(path));
  return true;
}

/** A folder with nothing in it holds no object: it gives way. */
async function renameOverEmpty(half: string, path: string, error: unknown): Promise<void> {
  if (codeOf(error) !== 'EISDIR') throw error;
  await rmdir(path);
  await rename(half, path);
}

async function syncFile(path: string): Promise<void> {
  await withFile(await open(path, 'r+'), (file) => file.sync());
}

/** Makes a rename survive a power cut. Windows cannot open folders, and needs no sync for them. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withFile(await open(path, 'r'), (file) => file.sync());
}

async function withFile<Result>(file: FileHandle, use: (file: FileHandle) => Promise<Result>): Promise<Result> {
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Windows has no such flag, and asks for a right before it makes a link. */
const noFollow = (constants.O_NOFOLLOW as number | undefined) ?? 0;

function temporaryName(): string {
  return `${process.pid}.${randomUUID()}`;
}

/** Removes what killed processes left half-written. */
export async function sweepTemporary(temporary: string): Promise<void> {
  for (const name of await namesIn(temporary)) {
    const pid = Number(basename(name).split('.')[0]);
    if (!(await isRunning(pid))) await remove(join(temporary, name));
  }
}

/**
 * Appends whole lines with one write. A torn last line (a killed process, a full disk) is closed first,
 * so that it spoils nothing but itself.
 */
export async function appendLines(path: string, lines: string[]): Promise<void> {
  if (lines.length === 0) return;
  try {
    await makeFolder(dirname(path));
    await withFile(await openForAppend(path), async (file) => {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      const torn = size > 0 && last.toString() !== '\n';
      await file.writeFile(`${torn ? '\n' : ''}${lines.join('\n')}\n`);
    });
  } catch (error) {
    throw fileError('write', path, error);
  }
}

/**
 * Opens a file to write at its end. A second name of the file may lie anywhere, so a file that has one is
 * refused: replacing it whole would leave that one alone, appending would not.
 * @param mode permissions of a new one
 */
export async function openForAppend(path: string, mode?: number): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;
  const file = await open(insideState(path), flags, mode);
  if ((await file.stat()).nlink === 1) return file;
  await file.close();
  throw new LeadsOut(path, 'has a second name somewhere', 'remove it, then try again');
}

/** Removes a file, or a folder with all that lies in it; links in it are removed, not followed. */
export async function remove(path: string): Promise<void> {
  try {
    await rm(insideState(path), { force: true, recursive: true });
  } catch (error) {
    throw fileError('remove', path, error);
  }
}

/** A file's bytes; undefined when there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(insideState(path));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw fileError('read', path, error);
  }
}

/** Names in a folder; none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(insideState(folder));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw fileError('read', folder, error);
  }
}

export async function isThere(path: string): Promise<boolean> {
  insideState(path);
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
