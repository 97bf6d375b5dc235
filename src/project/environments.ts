import { ProjectFileError } from '../common/errors.js';
import { oneOf } from '../common/nearest.js';
import type { AwsEnvironment, Project } from './schema.js';

/** Where a project runs: on this machine, or as its file says. */
export type ProjectEnvironment = { name: string; kind: 'local' } | ({ name: string } & AwsEnvironment);

/** The environment that needs no entry in `mlops.json`. */
export const localEnvironment = 'local';

/** Every environment of a project, the local one first. */
export function environmentsOf(project: Project): ProjectEnvironment[] {
  const named = Object.entries(project.file.environments).map(([name, entry]) => ({ name, ...entry }));
  return [{ name: localEnvironment, kind: 'local' }, ...named];
}

/** @throws InputError naming the known environments, when there is none of that name */
export function environmentOf(project: Project, name: string): ProjectEnvironment {
  const all = environmentsOf(project);
  const found = all.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const known = oneOf(
    name,
    all.map((environment) => environment.name),
  );
  throw new ProjectFileError(`mlops.json: environments: found no "${name}", expected ${known}`, 'mlops.json');
}
