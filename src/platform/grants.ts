import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../common/errors.js';
import { codeOf, fileError, writeAtomic } from '../common/files.js';

/**
 * Where writing is on. Kept for the user and outside of every project, so that no project can open anything by itself:
 * a grant counts for one folder's project of one name, one of its environments, and one account.
 */
export interface Grant {
  /** The project's folder, by its real path, and its name. */
  folder: string;
  project: string;
  environment: string;
  account: string;
  /** When it was given, ISO 8601. */
  since: string;
}

const fileSchema = z.looseObject({
  writing: z.array(
    z.looseObject({
      folder: z.string(),
      project: z.string(),
      environment: z.string(),
      account: z.string(),
      since: z.string(),
    }),
  ),
});

/** `$XDG_CONFIG_HOME/mlops-workbench/environments.json`, by default below `~/.config`. */
export function grantsFile(variables: Record<string, string | undefined> = process.env): string {
  const { XDG_CONFIG_HOME: configured } = variables;
  // The specification has relative paths ignored.
  const base = configured?.startsWith('/') ? configured : join(homedir(), '.config');
  return join(base, 'mlops-workbench', 'environments.json');
}

/**
 * Read anew each time: what was turned off a moment ago is off.
 * @throws InputError when others may write the file, or it is not what we wrote
 */
export function readGrants(path = grantsFile()): Grant[] {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o022) !== 0)
      throw new InputError(`${path}: others may change it, so it counts for nothing; run: chmod 600 ${path}`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw fileError('read', path, error);
  }
  try {
    return fileSchema.parse(JSON.parse(text)).writing;
  } catch (error) {
    throw new InputError(
      `${path}: not a list of environments; remove it, and turn writing on again where you need it`,
      {
        cause: error,
      },
    );
  }
}

/** Turns writing on for exactly this grant. */
export async function addGrant(grant: Grant, path = grantsFile()): Promise<void> {
  await save([...readGrants(path).filter((other) => !isSame(other, grant)), grant], path);
}

/** Turns writing off for an environment of a project, in whatever account. Answers what was on. */
export async function removeGrants(which: Omit<Grant, 'account' | 'since'>, path = grantsFile()): Promise<Grant[]> {
  const all = readGrants(path);
  const gone = all.filter((grant) => isOf(grant, which));
  if (gone.length > 0) {
    const kept = all.filter((grant) => !isOf(grant, which));
    await save(kept, path);
  }
  return gone;
}

/** Whether a grant is of this environment of this project. */
export function isOf(grant: Grant, { folder, project, environment }: Omit<Grant, 'account' | 'since'>): boolean {
  return grant.folder === folder && grant.project === project && grant.environment === environment;
}

function isSame(left: Grant, right: Grant): boolean {
  return isOf(left, right) && left.account === right.account;
}

async function save(writing: Grant[], path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomic(path, `${JSON.stringify({ writing }, null, 2)}\n`, { temporary: dirname(path), mode: 0o600 });
}
