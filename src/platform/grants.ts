import { mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../common/errors.js';
import { codeOf, fileError, writeAtomic } from '../common/files.js';
import type { Project } from '../project/schema.js';

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
type Which = Pick<Grant, 'folder' | 'project' | 'environment'>;

const which = { folder: z.string(), project: z.string(), environment: z.string() };
const fileSchema = z.looseObject({
  writing: z.array(z.object({ ...which, account: z.string(), since: z.string() })).default([]),
  /** The environment that commands use where none is named. */
  using: z.array(z.object(which)).default([]),
});
type File = z.infer<typeof fileSchema>;

/** How the file knows a project: a copy of it elsewhere is another one. */
export function projectKey(project: Project): Omit<Which, 'environment'> {
  return { folder: realpathSync(project.folder), project: project.file.name };
}

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
  return readFile(path).writing;
}

/** Turns writing on for exactly this grant. */
export async function addGrant(grant: Grant, path = grantsFile()): Promise<void> {
  const file = readFile(path);
  await save({ ...file, writing: [...file.writing.filter((other) => !isSame(other, grant)), grant] }, path);
}

/** Turns writing off for an environment of a project, in whatever account. Answers what was on. */
export async function removeGrants(which: Which, path = grantsFile()): Promise<Grant[]> {
  const file = readFile(path);
  const gone = file.writing.filter((grant) => isOf(grant, which));
  if (gone.length > 0) await save({ ...file, writing: file.writing.filter((grant) => !isOf(grant, which)) }, path);
  return gone;
}

/** The environment that the user chose for a project; undefined when none was. */
export function usedEnvironment(project: Omit<Which, 'environment'>, path = grantsFile()): string | undefined {
  return readFile(path).using.find((one) => isOf(one, { ...project, environment: one.environment }))?.environment;
}

export async function useEnvironment(chosen: Which, path = grantsFile()): Promise<void> {
  const file = readFile(path);
  const others = file.using.filter((one) => !isOf(one, { ...chosen, environment: one.environment }));
  await save({ ...file, using: [...others, chosen] }, path);
}

function readFile(path: string): File {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o022) !== 0)
      throw new InputError(`${path}: others may change it, so it counts for nothing; run: chmod 600 ${path}`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return { writing: [], using: [] };
    throw fileError('read', path, error);
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(
      `${path}: not a list of environments; remove it, and turn writing on again where you need it`,
      {
        cause: error,
      },
    );
  }
}

/** Whether a grant is of this environment of this project. */
export function isOf(grant: Which, { folder, project, environment }: Which): boolean {
  return grant.folder === folder && grant.project === project && grant.environment === environment;
}

function isSame(left: Grant, right: Grant): boolean {
  return isOf(left, right) && left.account === right.account;
}

async function save(file: File, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomic(path, `${JSON.stringify(file, null, 2)}\n`, { temporary: dirname(path), mode: 0o600 });
}
