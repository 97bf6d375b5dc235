import { createInterface } from 'node:readline/promises';
import { RefusedError } from '../common/errors.js';
import type { Environment } from '../platform/ports.js';
import type { Flags } from './act.js';

/**
 * Whether a person agrees to a change that was shown. On this machine `--yes` says so, elsewhere the name typed out, with
 * `--yes --confirm NAME` or at the prompt, having been shown where it lies.
 * @throws RefusedError when nobody does, with what to add
 */
export async function confirmed(environment: Environment, flags: Flags, what: string, name: string): Promise<void> {
  const local = environment.kind === 'local';
  if (flags.yes === true && (local || flags.confirm === name)) return;
  if (process.stdin.isTTY && process.stderr.isTTY && flags.json !== true) {
    const where = local ? 'on this machine' : await placeOf(environment);
    const expected = local ? 'yes' : name;
    const typed = await ask(`${what} ${where}? Type ${expected} to go on: `);
    if (typed === expected) return;
    throw new RefusedError(`${what}: "${typed}" was typed, expected ${expected}; nothing was changed`);
  }
  const add = local ? '--yes' : `--yes --confirm ${name}`;
  throw new RefusedError(`${what}: nothing was changed, for nobody confirmed it; add: ${add}`);
}

async function placeOf(environment: Environment): Promise<string> {
  const account = (await environment.account?.()) ?? 'unknown';
  return `in environment ${environment.name} (${environment.region ?? 'no region'}, account ${account})`;
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
