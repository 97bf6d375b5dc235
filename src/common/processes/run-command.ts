import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { killGroup, patienceMs, startGuard } from './process-group.js';

export interface CommandToRun {
  command: readonly string[];
  folder: string;
  /** All that it gets: nothing is added from this process. */
  variables: Record<string, string>;
  minutes: number;
  signal: AbortSignal;
  onLine: (line: string) => void;
}

/** How a command ended. `failure`: it could not be started, and why. */
export interface CommandEnd {
  code: number | null;
  killedBy: NodeJS.Signals | null;
  ended: 'by itself' | 'cancelled' | 'too long';
  failure?: NodeJS.ErrnoException;
}

const longestLine = 4000;

/**
 * Runs a command to its end: its words as they are, no shell, with a process group of its own, so that what it started
 * ends with it, also where this process ends without being asked. The caller has made sure that it may run: `requireTrusted`.
 */
export async function runCommand(request: CommandToRun): Promise<CommandEnd> {
  const { command, folder, variables, minutes, signal, onLine } = request;
  const [program, ...words] = command as [string, ...string[]];
  if (signal.aborted) return { code: null, killedBy: null, ended: 'cancelled' };
  const guard = startGuard();
  const child = spawn(program, words, {
    ...{ cwd: folder, env: variables, shell: false, detached: process.platform !== 'win32', windowsHide: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guard.watch(child);
  let ended: CommandEnd['ended'] = 'by itself';
  let patience: NodeJS.Timeout | undefined;
  const end = (why: CommandEnd['ended']) => {
    if (ended !== 'by itself') return;
    ended = why;
    killGroup(child, 'SIGTERM');
    patience = setTimeout(() => killGroup(child, 'SIGKILL'), patienceMs);
  };
  const onAbort = () => end('cancelled');
  signal.addEventListener('abort', onAbort, { once: true });
  const limit = setTimeout(() => end('too long'), Math.min(minutes * 60_000, 2 ** 31 - 1));
  const lines = [child.stdout, child.stderr].map((stream) => tell(stream, onLine));
  try {
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    // What it left behind would hold its output open, and go on without anybody.
    killGroup(child, 'SIGKILL');
    await Promise.all(lines);
    return { code, killedBy, ended };
  } catch (error) {
    return { code: null, killedBy: null, ended, failure: error as NodeJS.ErrnoException };
  } finally {
    guard.release();
    clearTimeout(limit);
    clearTimeout(patience);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Tells a stream's lines; `\r`, by which progress bars begin a line anew, ends one too. */
async function tell(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const say = (line: string) => {
    if (line.trim() !== '') onLine(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
  };
  for await (const chunk of stream) {
    const parts = (rest + decoder.write(chunk as Buffer)).split(/\r?\n|\r/);
    rest = parts.pop()!;
    if (rest.length > longestLine) {
      parts.push(rest);
      rest = '';
    }
    parts.forEach(say);
  }
  say(rest + decoder.end());
}
