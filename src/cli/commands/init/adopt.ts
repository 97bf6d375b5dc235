import { type Adopted, projectFromVariables } from '../../../operations/projects/adopt-from-env.js';
import { projectFromEndpoint } from '../../../operations/projects/adopt-endpoint.js';
import type { CliServices, Workspace } from '../../context.js';
import { performOnFiles } from '../../perform.js';
import type { Lines } from '../../terminal.js';

/** The options of `mlops init` that take over what runs already. */
export interface AdoptFlags {
  fromEnv?: string;
  fromEndpoint?: string;
  region?: string;
  profile?: string;
}

/** Undefined when nothing is to be adopted. */
export async function adopt(
  at: Pick<Workspace, 'output' | 'signal'>,
  { openEnvironment: open }: CliServices,
  flags: AdoptFlags,
  dir: string | undefined,
): Promise<Adopted | undefined> {
  const { fromEnv, fromEndpoint, region, profile } = flags;
  if (fromEnv !== undefined) return performOnFiles(at, projectFromVariables, { path: fromEnv, dir, open });
  if (fromEndpoint === undefined) return undefined;
  return performOnFiles(at, projectFromEndpoint, { endpoint: fromEndpoint, region, profile, dir, open });
}

export function adoptedText({ folder, system, notes }: Adopted): Lines {
  const { endpoint, environment } = system;
  return [
    `${folder} is ready: it watches endpoint ${endpoint} in ${environment.region ?? 'its region'}, and changes nothing there.`,
    ...notes.map((note) => `  note: ${note}`),
    `run: mlops status --env aws --project ${folder}`,
  ];
}
