import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { airflowFiles } from '../../export/airflow/files.js';
import { composeFiles } from '../../export/compose/files.js';
import type { Delivery, Served } from '../../export/delivery/served.js';
import { githubFiles } from '../../export/github-actions/files.js';
import { kubernetesFiles } from '../../export/kubernetes/files.js';
import { terraformFiles } from '../../export/terraform/files.js';
import { environmentOf } from '../../project/environments.js';
import { projectFileName } from '../../project/file-name.js';
import type { Project, ProjectFile } from '../../project/schema.js';
import { readsFiles } from '../operation.js';

/** What a platform can be told beside what `mlops.json` says. */
interface Wish {
  project: Project;
  platform: keyof typeof platforms;
  /** How many copies of the service run at least. */
  replicas?: number;
  /** The environment of `mlops.json` that workflows work in; its first one without it. */
  environment?: string;
}

/** What each platform is given, by its name. */
const platforms = {
  compose: (served: Served) => composeFiles(served),
  kubernetes: (served: Served, { replicas }: Wish) => kubernetesFiles(served, replicas),
  terraform: (served: Served) => terraformFiles(served),
  airflow: ({ file }: Served, { environment }: Wish) => airflowFiles(file, environment ?? firstOf(file) ?? 'local'),
  'github-actions': ({ file }: Served, { environment }: Wish) =>
    githubFiles(file, environment ?? firstOf(file) ?? 'prod'),
};

/** The project in the files of another platform, from `mlops.json` alone; nothing is written. */
export const exportForPlatform = readsFiles('exports.platform', async (_, wish: Wish): Promise<Delivery> => {
  const { folder, file } = wish.project;
  if (wish.environment !== undefined) environmentOf(wish.project, wish.environment);
  if (file.endpoint.name === 'none')
    throw new InputError('mlops.json: endpoint: found none, expected one: what is exported serves its model');
  const source = await readFile(join(folder, projectFileName), 'utf8');
  return platforms[wish.platform]({ file, source }, wish);
});

/** The first environment in an account that the project names. */
const firstOf = ({ environments }: ProjectFile): string | undefined => Object.keys(environments)[0];
