import { spawn, type ChildProcess } from 'node:child_process';
import { keptVariables } from '../kept-variables.js';

/** What is asked to end has this long to tidy up. */
export const patienceMs = 10_000;

/** Ends a process with all it started that left neither its group nor, on Windows, its tree of processes. */
export function killGroup({ pid, exitCode }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Nothing there can be asked to end, and of a process that has ended nobody knows any more what it started.
    if (exitCode === null)
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on(
        'error',
        () => undefined,
      );
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of it is left.
  }
}

/**
 * Waits for the end of its input, which comes when whoever holds the other side ends, however that happens; then ends the
 * group that was named there. An empty input is the word that there is nothing to end.
 */
const guard = `
let named = '';
process.stdin.on('data', (text) => (named += text));
process.stdin.on('end', () => {
  const pid = Number(named.trim().split('\\n').at(-1));
  if (!pid) return;
  if (process.platform === 'win32')
    return require('node:child_process').spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
  const kill = (signal) => { try { process.kill(-pid, signal); return true; } catch { return false; } };
  if (!kill('SIGTERM')) return;
  const began = Date.now();
  const watch = setInterval(() => {
    if (Date.now() - began > ${patienceMs}) kill('SIGKILL');
    if (!kill(0)) clearInterval(watch);
  }, 100);
});
process.on('SIGTERM', () => {}).on('SIGINT', () => {}).on('SIGHUP', () => {});
`;

/** Watches over one command, in a process of its own. */
export interface Guard {
  /** Says whose group it is. */
  watch(child: ChildProcess): void;
  /** The command has ended. */
  release(): void;
}

/**
 * Makes sure that a command does not outlive this process, even where that is ended without being asked (`SIGKILL`, out
 * of memory). It is started before the command, so that no moment is left uncovered.
 */
export function startGuard(): Guard {
  const watcher = spawn(process.execPath, ['-e', guard], {
    // Outside of this process's group, which may be what is being ended; Electron is a Node where it is told so.
    ...{ detached: true, windowsHide: true, stdio: ['pipe', 'ignore', 'ignore'] },
    env: { ...keptVariables(), ELECTRON_RUN_AS_NODE: '1' },
  });
  // Without one the command runs all the same, and ends with this process wherever that is asked to end.
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return {
    watch: ({ pid }) => watcher.stdin.write(`${pid ?? ''}\n`),
    release: () => watcher.stdin.end('0\n'),
  };
}
