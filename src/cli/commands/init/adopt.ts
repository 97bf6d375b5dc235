import { InputError } from '../../../common/errors.js';
import type { CliServices } from '../../context.js';
import { initFromEnv, type Adopted } from '../../../operations/projects/adopt-from-env.js';
import { initFromEndpoint } from '../../../operations/projects/adopt-endpoint.js';
import type { Lines } from '../../terminal.js';

/** The options of `mlops init` that take over what runs already. */
export interface AdoptFlags {
  fromEnv?: string;
  fromEndpoint?: string;
  region?: string;
  profile?: string;
}

/** Undefined when nothing is to be adopted. @throws InputError when two things are */
export async function adopt(
  services: CliServices,
  flags: AdoptFlags,
  dir: string | undefined,
): Promise<Adopted | undefined> {
  const { fromEnv, fromEndpoint, region, profile } = flags;
  if (fromEnv !== undefined && fromEndpoint !== undefined)
    throw new InputError('init: found --from-env and --from-endpoint, expected one of them');
  if (fromEnv !== undefined) return initFromEnv(services.openEnvironment, fromEnv, dir);
  if (fromEndpoint !== undefined)
    return initFromEndpoint(services.openEnvironment, fromEndpoint, { region, profile }, dir);
  return undefined;
}

export function adoptedText({ folder, system, notes }: Adopted): Lines {
  const { endpoint, environment } = system;
  return [
    `${folder} is ready: it watches endpoint ${endpoint} in ${environment.region ?? 'its region'}, and changes nothing there.`,
    ...notes.map((note) => `  note: ${note}`),
    `run: mlops status --env aws --project ${folder}`,
  ];
}
