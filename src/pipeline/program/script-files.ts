import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { sha256OfFile } from '../../common/hash.js';
import { inside } from '../../common/inside.js';
import type { StageInput } from '../../documents/run.js';
import type { Project, ProjectFile } from '../../project/schema.js';

/** The files of the project that a command names, by their paths in it: `train.py`. None behind a link: `.venv/bin/python`. */
export function scriptFiles(folder: string, command: readonly string[]): string[] {
  return [...new Set(command.map((word) => relative(folder, resolve(folder, word))))].filter((way) =>
    isFile(folder, way),
  );
}

function isFile(folder: string, way: string): boolean {
  if (way === '') return false;
  try {
    return statSync(inside(folder, join(folder, way))).isFile();
  } catch {
    return false;
  }
}

/** What a stage that runs the project's own program depends on besides its rows: the files that its command names. */
export async function programInputs(
  { folder }: Pick<Project, 'folder'>,
  program: { command?: string[] } | undefined,
): Promise<StageInput[]> {
  const names = scriptFiles(folder, program?.command ?? []);
  return Promise.all(names.map(async (name) => ({ uri: name, sha256: await sha256OfFile(join(folder, name)) })));
}

/** The part of a project that changes what its own program makes: nothing where there is none. */
export const programPart = ({ train }: Pick<ProjectFile, 'train'>): unknown[] => (train === undefined ? [] : [train]);
