import { InputError } from '../../common/errors.js';
import { differences, type Difference } from '../../export/differences.js';
import { pipelineName, sagemakerPipeline, type PipelineDefinition } from '../../export/sagemaker-pipeline.js';
import type { PipelineInfo } from '../../platform/ports/pipelines.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { uploadProject } from '../jobs/project-files.js';
import { cloudOf, pipelinePlace } from '../jobs/place.js';
import { mustBeReady } from './ready.js';

export interface PipelinePlan {
  name: string;
  role: string;
  definition: PipelineDefinition;
  /** By parameter and step. */
  changes: Difference[];
}

/** What registering would change. @throws InputError when image or role are nowhere said */
export async function planPipeline(
  project: Project,
  environment: Environment,
  options: CallOptions = {},
): Promise<PipelinePlan> {
  const { pipelines } = cloudOf(environment, 'pipeline');
  const place = await pipelinePlace(project, environment.name);
  const { role, image } = place;
  const missing = Object.entries({ image, role }).filter(([, said]) => said === undefined);
  if (role === undefined || image === undefined)
    throw new InputError(
      missing.map(
        ([what]) =>
          `mlops.json: environments.${environment.name}.jobs.${what}: found nothing, expected the ${what} of the pipeline's jobs`,
      ),
    );
  const name = pipelineName(project.file);
  const definition = sagemakerPipeline(project.file, place);
  const before = await pipelines.describe(name, options);
  const changes = differences(partsOf(definition, role), before ? partsIn(before) : new Map());
  return { name, role, definition, changes };
}

/** Puts the project's files where its jobs read them, then the pipeline; the same plan twice changes nothing. */
export async function registerPipeline(
  project: Project,
  environment: Environment,
  { name, role, definition }: PipelinePlan,
  options: CallOptions = {},
): Promise<PipelineInfo> {
  await mustBeReady(environment, { pipeline: name }, options);
  const { objects, cloud } = environment.writers(`register pipeline ${name}`);
  await uploadProject(project, environment, objects, options);
  const description = `Watches the model of ${project.file.name}, and retrains it when its gates ask for that`;
  return cloud!.pipelines.put({ name, description, definition: JSON.stringify(definition), role }, options);
}

function partsIn({ definition, role }: PipelineInfo): Map<string, unknown> {
  return partsOf(JSON.parse(definition) as PipelineDefinition, role);
}

function partsOf({ Parameters, Steps }: PipelineDefinition, role: string): Map<string, unknown> {
  return new Map<string, unknown>([
    ['role', role],
    ...(Parameters ?? []).map((one): [string, unknown] => [`parameter ${one.Name}`, one]),
    ...(Steps ?? []).map((one): [string, unknown] => [`step ${one.Name}`, one]),
  ]);
}
