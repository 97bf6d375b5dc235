import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { livesHere, releaseClaim, tryClaim, type ClaimFile } from '../../common/claim.js';
import { BrokenError, InputError } from '../../common/errors.js';
import { codeOf, fileError, writeAtomic } from '../../common/files.js';

/**
 * What one user allows, kept outside of every project, so that no project can open anything by itself. Everything in it
 * is of one folder's project of one name, and of one of its environments; commands are of a folder.
 */
const which = { folder: z.string(), project: z.string(), environment: z.string() };
const fileSchema = z.looseObject({
  writing: z.array(z.object({ ...which, account: z.string(), since: z.string() })).default([]),
  /** The environment that commands use where none is named. */
  using: z.array(z.object(which)).default([]),
  /** Where else than to AWS an environment's calls may go. */
  trusted: z.array(z.object({ ...which, endpointUrl: z.string(), since: z.string() })).default([]),
  /** Which commands may run in which folder. */
  commands: z
    .array(z.object({ folder: z.string(), place: z.string(), command: z.array(z.string()), since: z.string() }))
    .default([]),
});
export type UserFile = z.infer<typeof fileSchema>;

export interface Which {
  /** The project's folder, by its real path, and its name. */
  folder: string;
  project: string;
  environment: string;
}

/** Whether an entry is of this environment of this project. */
export function isOf(entry: Which, { folder, project, environment }: Which): boolean {
  return entry.folder === folder && entry.project === project && entry.environment === environment;
}

/** `$XDG_CONFIG_HOME/mlops-workbench/environments.json`, by default below `~/.config`. */
export function grantsFile(variables: Record<string, string | undefined> = process.env): string {
  const { XDG_CONFIG_HOME: configured } = variables;
  // The specification has relative paths ignored.
  const base = configured?.startsWith('/') ? configured : join(homedir(), '.config');
  return join(base, 'mlops-workbench', 'environments.json');
}

/** Where packages lie that a user installed for what not everybody needs. */
export const userPackages = (): string => join(dirname(grantsFile()), 'packages');

/**
 * Read anew each time: what was turned off a moment ago is off.
 * @throws InputError when others may write the file, or it is not what we wrote
 */
export function readUserFile(path: string): UserFile {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o022) !== 0)
      throw new InputError(`${path}: others may change it, so it counts for nothing; run: chmod 600 ${path}`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return fileSchema.parse({});
    throw fileError('read', path, error);
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    const what = 'not a list of environments; remove it, and turn writing on again where you need it';
    throw new InputError(`${path}: ${what}`, { cause });
  }
}

/**
 * Reads, changes and writes the file while no other process does: what two of them say at once is both kept.
 * An edit that answers what it was given writes nothing.
 */
export async function changeUserFile(path: string, edit: (file: UserFile) => UserFile): Promise<void> {
  await whileLocked(path, async (temporary) => {
    const file = readUserFile(path);
    const next = edit(file);
    if (next !== file) await writeAtomic(path, `${JSON.stringify(next, null, 2)}\n`, { temporary, mode: 0o600 });
  });
}

/** Does something with a file of the user's while no other process does; `temporary` is a folder beside it. */
export async function whileLocked(path: string, work: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = dirname(path);
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  const lock: ClaimFile = { path: `${path}.lock`, temporary, lives };
  const own = await locked(lock);
  try {
    await work(temporary);
  } finally {
    await releaseClaim(lock, own);
  }
}

/** A change takes milliseconds. Who holds the lock longer hangs, or died on another machine that shares this home. */
const patienceMs = 10_000;
const pollMs = 10;

const lives: ClaimFile['lives'] = (claim) =>
  claim.host === hostname()
    ? livesHere(claim)
    : Promise.resolve(Date.now() - Date.parse(claim.startedAt) < patienceMs / 2);

async function locked(lock: ClaimFile) {
  const since = performance.now();
  for (;;) {
    const attempt = await tryClaim(lock, 'change what its user allows');
    if (attempt.taken) return attempt.own;
    const { pid, host } = attempt.holder;
    if (performance.now() - since > patienceMs)
      throw new BrokenError(`${lock.path}: process ${pid} on ${host} does not let go of it; end that, then try again`);
    await sleep(pollMs);
  }
}
