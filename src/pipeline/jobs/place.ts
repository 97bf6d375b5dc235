import { InputError } from '../../common/errors.js';
import type { PipelinePlace } from '../../export/sagemaker-pipeline.js';
import type { CloudReaders, Environment } from '../../platform/ports/environment.js';
import { jobMachine } from '../../project/job-machine.js';
import type { Project } from '../../project/schema.js';
import { projectFiles } from './project-files.js';

/** What jobs of an environment run in and as, as far as `mlops.json` and `SAGEMAKER_ROLE` say it. */
export function jobsPlace(project: Project, environment: string) {
  const entry = project.file.environments[environment];
  return {
    image: entry?.jobs?.image ?? entry?.image,
    role: entry?.jobs?.role ?? entry?.role ?? process.env.SAGEMAKER_ROLE,
    machine: jobMachine(project.file, environment),
    instances: entry?.jobs?.instances ?? 1,
  };
}

/**
 * Where the project's pipeline runs. Asked for this machine: the first environment of `mlops.json`, for the pipeline
 * always runs in an account; without one it is called `aws`, and its bucket comes with the execution.
 */
export async function pipelinePlace(project: Project, asked: string): Promise<PipelinePlace> {
  const [first] = Object.keys(project.file.environments);
  const environment = asked === 'local' ? (first ?? 'aws') : asked;
  const { image, role, machine } = jobsPlace(project, environment);
  const { prefix } = await projectFiles(project);
  const { bucket } = project.file.environments[environment] ?? {};
  return { environment, bucket, role, image, machine, project: prefix };
}

/** What only an account has. @throws InputError for an environment without it, saying what to type */
export function cloudOf({ name, cloud }: Environment, command: string): CloudReaders {
  if (cloud !== undefined) return cloud;
  throw new InputError(`${command}: environment ${name} has no ${command}s; expected one in AWS, add: --env NAME`);
}
