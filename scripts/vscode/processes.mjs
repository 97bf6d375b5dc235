// Ends what we started, and nothing else.
import { spawnSync } from 'node:child_process';

/**
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`, so that it leads a group; one
 *   that has ended is left alone, unless it leads others still
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-(/** @type {number} */ (child.pid)), signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Ends a process and the group it leads: asked first, killed after three seconds.
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`
 */
export async function endGroup(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const impatient = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
    await ended;
    clearTimeout(impatient);
  }
  // The leader may be gone before its children are.
  signalGroup(child, 'SIGKILL');
}

/** @param {() => Promise<unknown>} cleanUp runs once when the terminal or the system asks this process to end */
export function onInterrupt(cleanUp) {
  let asked = false;
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      if (asked) return;
      asked = true;
      void cleanUp().finally(() => process.exit(code));
    });
  }
}

/**
 * Does something that starts things, and ends those things, the last first, however it goes: done, failed, interrupted.
 * @template T
 * @param {(ends: (() => unknown)[]) => Promise<T>} work adds to `ends` what has to be called in the end
 * @returns {Promise<T>}
 */
export async function tidily(work) {
  /** @type {(() => unknown)[]} */
  const ends = [];
  /** @type {Promise<void> | undefined} */
  let ending;
  const endAll = async () => {
    for (const end of ends.reverse()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
  };
  const endOnce = () => (ending ??= endAll());
  onInterrupt(endOnce);
  try {
    return await work(ends);
  } catch (error) {
    // What fails because it is being ended is no news; the interrupt ends this process.
    if (ending) return await new Promise(() => undefined);
    throw error;
  } finally {
    await endOnce();
  }
}
