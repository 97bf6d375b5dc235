import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseProject } from '../../project/load.js';
import { emptyFolder } from '../../project/templates.js';

/**
 * Makes the folder of a project about a table, with a copy of that.
 * @returns its files, as seen from the folder
 * @throws InputError where the folder holds something already, before anything is written
 */
export async function writeProject(
  folder: string,
  from: string,
  { mlops, sql }: { mlops: string; sql: string },
): Promise<string[]> {
  parseProject(mlops);
  await emptyFolder(folder);
  const file = basename(from);
  await mkdir(join(folder, 'data'));
  await copyFile(from, join(folder, 'data', file));
  await writeFile(join(folder, 'mlops.json'), mlops);
  await writeFile(join(folder, 'features.sql'), sql);
  return [`data/${file}`, 'features.sql', 'mlops.json'];
}
