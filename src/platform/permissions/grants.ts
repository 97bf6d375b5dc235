import { realpathSync } from 'node:fs';
import type { Project } from '../../project/schema.js';
import { changeUserFile, grantsFile, isOf, readUserFile, type Which } from './user-file.js';

/** Where writing is on: for one environment of one project, in one account. */
export interface Grant extends Which {
  account: string;
  /** When it was given, ISO 8601. */
  since: string;
}

/** How the file knows a project: a copy of it elsewhere is another one. */
export function projectKey(project: Project): Omit<Which, 'environment'> {
  return { folder: realpathSync(project.folder), project: project.file.name };
}

/** @throws InputError when the file counts for nothing, saying why */
export function readGrants(path = grantsFile()): Grant[] {
  return readUserFile(path).writing;
}

/** Turns writing on for exactly this grant. */
export async function addGrant(grant: Grant, path = grantsFile()): Promise<void> {
  const isSame = (other: Grant) => isOf(other, grant) && other.account === grant.account;
  await changeUserFile(path, (file) => ({
    ...file,
    writing: [...file.writing.filter((other) => !isSame(other)), grant],
  }));
}

/** Turns writing off for an environment of a project, in whatever account. Answers what was on. */
export async function removeGrants(which: Which, path = grantsFile()): Promise<Grant[]> {
  let gone: Grant[] = [];
  await changeUserFile(path, (file) => {
    gone = file.writing.filter((grant) => isOf(grant, which));
    return gone.length === 0 ? file : { ...file, writing: file.writing.filter((grant) => !isOf(grant, which)) };
  });
  return gone;
}

/** The environment that the user chose for a project; undefined when none was. */
export function usedEnvironment(project: Omit<Which, 'environment'>, path = grantsFile()): string | undefined {
  return readUserFile(path).using.find((one) => isOf(one, { ...project, environment: one.environment }))?.environment;
}

export async function useEnvironment(chosen: Which, path = grantsFile()): Promise<void> {
  await changeUserFile(path, (file) => {
    const others = file.using.filter((one) => !isOf(one, { ...chosen, environment: one.environment }));
    return { ...file, using: [...others, chosen] };
  });
}
