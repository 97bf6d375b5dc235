import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError } from '../../common/files.js';
import { inside } from '../../common/inside.js';
import { sha256 } from '../../common/hash.js';
import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ObjectWriter } from '../../platform/ports/objects.js';
import { projectFileName } from '../../project/file-name.js';
import { commandsOf } from '../../project/commands.js';
import type { Project, ProjectFile } from '../../project/schema.js';
import { scriptFiles } from '../program/script-files.js';

/** What a job needs of a project: its file and its SQL, by path; the prefix names exactly this state of them. */
export interface ProjectFiles {
  prefix: string;
  files: Record<string, string>;
}

/** @throws BrokenError naming a file that cannot be read */
export async function projectFiles({ folder, file, sql }: Project): Promise<ProjectFiles> {
  const path = inside(folder, join(folder, projectFileName));
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError('read', path, error);
  });
  const files = { [projectFileName]: text, ...sql, ...(await scriptsOf(folder, file)) };
  const hash = sha256(JSON.stringify(Object.entries(files).sort()));
  return { prefix: keys.projectFiles(hash.slice(0, 16)), files };
}

/** What a job's image does not have of the project's own programs. What is larger than a script belongs into the image. */
async function scriptsOf(folder: string, file: ProjectFile): Promise<Record<string, string>> {
  const names = commandsOf(file).flatMap(({ command }) => scriptFiles(folder, command));
  const read = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  const small = (await Promise.all(read)).filter(([, script]) => script.length < largestScript);
  return Object.fromEntries(small);
}

const largestScript = 1_000_000;

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
