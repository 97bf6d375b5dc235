import type { Environment } from '../../platform/ports.js';
import type { Project } from '../../project/schema.js';
import { readSetting } from '../settings.js';

/** The project with profile and region of the user's settings where `mlops.json` leaves them open. */
export function withUserSettings(project: Project, name: string): Project {
  const named = project.file.environments[name];
  if (named === undefined) return project;
  const profile = named.profile ?? (readSetting('aws.profile') || undefined);
  const region = named.region ?? (readSetting('aws.region') || undefined);
  const environments = { ...project.file.environments, [name]: { ...named, profile, region } };
  return { ...project, file: { ...project.file, environments } };
}

/** Read at the moment of use, so that a changed setting counts at once. */
export function whyReadOnly(environment: Environment, trusted: boolean): string | undefined {
  if (!trusted) return 'This workspace is not trusted, and what a project runs is code. Trust it first.';
  if (environment.kind === 'aws' && !readSetting('aws.write').includes(environment.name)) {
    return `Writing is turned on by adding "${environment.name}" to the user setting mlops.aws.write.`;
  }
  return environment.readOnly ? 'Its place cannot be written to.' : undefined;
}
