import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { codeOf, fileError, writeAtomic } from '../../common/files.js';
import { sha256 } from '../../common/hash.js';
import { checkedJson } from '../../common/json-files.js';
import { apiUsersSchema, type ApiUser, type ApiUsers } from '../../documents/api-users.js';
import { grantsFile, whileLocked } from './user-file.js';

/** The file of a project's api users, beside what its owner allows: outside of the project, so that no clone brings any. */
export function apiUsersFile(folder: string, grants = grantsFile()): string {
  return join(dirname(grants), 'api-users', `${sha256(realpathSync(folder)).slice(0, 24)}.json`);
}

let read: { path: string; stamp: string; users: ApiUsers } | undefined;

/**
 * Who may call the served api; undefined where nobody was added. Looked at anew each time, read when it has changed.
 * @throws InputError when others may change the file; DamagedFile
 */
export function readApiUsers(path: string): ApiUsers | undefined {
  const stamp = stampOf(path);
  if (stamp === undefined) return undefined;
  if (read?.path === path && read.stamp === stamp) return read.users;
  const users = checkedJson(
    readFileSync(path),
    apiUsersSchema,
    path,
    'remove it and add them again: mlops api user add',
  );
  read = { path, stamp, users };
  return users;
}

function stampOf(path: string): string | undefined {
  try {
    const { mode, mtimeMs, size, ino } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o022) !== 0)
      throw new InputError(`${path}: others may change it, so it counts for nothing; run: chmod 600 ${path}`);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw fileError('read', path, error);
  }
}

/** Changes the list while no other process does; the first change makes it, with a key of its own. */
export async function changeApiUsers(path: string, edit: (users: readonly ApiUser[]) => ApiUser[]): Promise<void> {
  await whileLocked(path, async (temporary) => {
    const { key, users } = readApiUsers(path) ?? { key: randomBytes(32).toString('base64'), users: [] };
    const next: ApiUsers = { kind: 'api-users', schemaVersion: 1, key, users: edit(users) };
    await writeAtomic(path, `${JSON.stringify(next, null, 2)}\n`, { temporary, mode: 0o600 });
  });
}
