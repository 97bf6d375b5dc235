import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** `npm start` under way, with all it has said. */
export interface Started {
  /** Resolves with the first match in its output; rejects with all it said if it ends without one. */
  says: (words: RegExp) => Promise<RegExpExecArray>;
  /** What it said and its exit code, once it has ended. */
  ended: Promise<{ code: number | null; said: string }>;
  /** Ends it as Ctrl-C would. */
  interrupt: () => Promise<void>;
}

/** Runs what `npm start -- …` runs; no browser of the person who runs the tests opens. */
export function npmStart(args: string[], env: NodeJS.ProcessEnv = {}): Started {
  const child: ChildProcess = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    env: { ...process.env, NO_COLOR: '1', BROWSER: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, said }));
  const says = (words: RegExp) =>
    new Promise<RegExpExecArray>((found, reject) => {
      const look = () => {
        const match = words.exec(said);
        if (match) found(match);
      };
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', look);
      void ended.then(() => reject(new Error(`npm start ended and never said ${words.source}:\n${said}`)));
      look();
    });
  return {
    says,
    ended,
    async interrupt() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
