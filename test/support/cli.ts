import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const cli = resolve('dist/cli.js');

export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `mlops`, for tests that do something to the process while it runs. */
export function startCli(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): ChildProcess {
  const env = { ...process.env, NO_COLOR: '1', ...options.env };
  return spawn(process.execPath, [cli, ...args], { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs `mlops` to its end. */
export async function mlops(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Answer> {
  const child = startCli(args, options);
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

/** Runs `mlops … --json` and reads its one document; throws with everything it said when it answers something else. */
export async function mlopsJson<Document>(args: string[], options: { cwd?: string } = {}): Promise<Document> {
  const { stdout, stderr, code } = await mlops([...args, '--json', '--quiet'], options);
  try {
    return JSON.parse(stdout) as Document;
  } catch {
    throw new Error(`mlops ${args.join(' ')} exited ${code} and printed no JSON:\n${stdout}\n${stderr}`);
  }
}
