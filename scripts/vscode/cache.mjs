// A cache outside the project for what is too big for its node_modules. An entry is made aside and renamed, so that a
// half-made one is never seen and two processes that make the same one do not disturb each other.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mlops-workbench');

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** What a killed process left behind: `.<name>.<pid>` whose pid is gone. */
function sweep() {
  for (const entry of readdirSync(root)) {
    const pid = Number(/^\..*\.(\d+)$/.exec(entry)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(root, entry), { recursive: true, force: true });
  }
}

/**
 * @param {string} name of the entry; carries every version that it depends on
 * @param {(folder: string, finished: string) => Promise<void>} make fills the empty folder it is given, whose path will be `finished`
 * @returns {Promise<string>} the finished folder
 */
export async function cached(name, make) {
  const finished = join(root, name);
  if (existsSync(finished)) return finished;
  mkdirSync(root, { recursive: true });
  sweep();
  const aside = join(root, `.${name}.${process.pid}`);
  try {
    mkdirSync(aside);
    await make(aside, finished);
    if (!existsSync(finished)) renameSync(aside, finished);
  } catch (error) {
    // Somebody else may have finished the same entry between the check and the rename.
    if (!existsSync(finished)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return finished;
}
