import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { InputError } from '../../common/errors.js';

/** What looks like a file there is made up by the kernel, has no size and need not end. */
const kernels = ['/proc', '/sys', '/dev'];

/**
 * Refuses what is no file at rest on a disk: devices, pipes, sockets, what the kernel makes up. With `within`, also
 * what a link takes out of that folder: a project that came from somebody else must not name this machine's files.
 * @throws InputError naming the path, what it is and what is expected
 */
export async function requireFile(path: string, within?: string): Promise<void> {
  const refuse = (found: string, expected = 'a file') => {
    throw new InputError(`${path}: found ${found}, expected ${expected}`);
  };
  const real = await realpath(path).catch(() => path);
  if (kernels.some((folder) => isWithin(real, folder))) refuse(`a file of ${dirname(real)}`, 'one on a disk');
  const about = await stat(real);
  if (about.isFIFO()) refuse('a pipe');
  if (about.isSocket()) refuse('a socket');
  if (!about.isFile()) refuse('a device');
  if (within === undefined || isWithin(real, await realpath(within))) return;
  const link = (await lstat(path)).isSymbolicLink() ? 'a link' : 'a folder that is a link';
  refuse(`${link} to ${real}`, `a file in ${within}: name it with --source if it is meant`);
}

export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
