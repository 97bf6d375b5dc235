import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFileName } from '../../project/file-name.js';

/**
 * The project folders of a workspace: each of its folders that is one, else those directly below it. No search through
 * the whole workspace, which may be large.
 */
export async function findProjects(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => ((await isProject(folder)) ? [folder] : below(folder))),
  );
  return [...new Set(found.flat())];
}

async function below(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name));
  const folders = names.map(({ name }) => join(folder, name)).sort();
  const are = await Promise.all(folders.map(isProject));
  return folders.filter((_, index) => are[index]);
}

async function isProject(folder: string): Promise<boolean> {
  return access(join(folder, projectFileName)).then(
    () => true,
    () => false,
  );
}
