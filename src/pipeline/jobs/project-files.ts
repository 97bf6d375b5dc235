import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../../common/files.js';
import { inside } from '../../common/inside.js';
import { sha256 } from '../../common/hash.js';
import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ObjectWriter } from '../../platform/ports/objects.js';
import { projectFileName } from '../../project/load.js';
import type { Project } from '../../project/schema.js';

/** What a job needs of a project: its file and its SQL, by path; the prefix names exactly this state of them. */
export interface ProjectFiles {
  prefix: string;
  files: Record<string, string>;
}

/** @throws BrokenError naming a file that cannot be read */
export async function projectFiles({ folder, sql }: Project): Promise<ProjectFiles> {
  const path = inside(folder, join(folder, projectFileName));
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError('read', path, error);
  });
  const files = { [projectFileName]: text, ...sql };
  const hash = sha256(JSON.stringify(Object.entries(files).sort()));
  return { prefix: keys.projectFiles(hash.slice(0, 16)), files };
}

/** Puts them where jobs read them; a state that lies there already is not written again. Answers with its prefix. */
export async function uploadProject(
  project: Project,
  environment: Environment,
  objects: ObjectWriter,
  options: CallOptions = {},
): Promise<string> {
  const { prefix, files } = await projectFiles(project);
  for (const [name, text] of Object.entries(files))
    if ((await environment.objects.head(prefix + name, options)) === undefined)
      await objects.put(prefix + name, text, options);
  return prefix;
}
