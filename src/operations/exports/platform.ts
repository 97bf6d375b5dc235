import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { composeFiles } from '../../export/compose/files.js';
import type { Delivery, Served } from '../../export/delivery/served.js';
import { kubernetesFiles } from '../../export/kubernetes/files.js';
import { projectFileName } from '../../project/file-name.js';
import type { Project } from '../../project/schema.js';
import { readsFiles } from '../operation.js';

/** What a platform can be told beside what `mlops.json` says. */
interface Wish {
  project: Project;
  platform: keyof typeof platforms;
  /** How many copies of the service run at least. */
  replicas?: number;
}

/** What each platform is given, by its name. */
const platforms = {
  compose: (served: Served) => composeFiles(served),
  kubernetes: (served: Served, { replicas }: Wish) => kubernetesFiles(served, replicas),
};

/** The project in the files of another platform, from `mlops.json` alone; nothing is written. */
export const exportForPlatform = readsFiles('exports.platform', async (_, wish: Wish): Promise<Delivery> => {
  const { folder, file } = wish.project;
  if (file.endpoint.name === 'none')
    throw new InputError('mlops.json: endpoint: found none, expected one: what is exported serves its model');
  const source = await readFile(join(folder, projectFileName), 'utf8');
  return platforms[wish.platform]({ file, source }, wish);
});
