import { randomUUID } from 'node:crypto';
import { InputError } from '../../common/errors.js';
import { pipelineName } from '../../export/sagemaker-pipeline.js';
import { cloudOf } from '../../pipeline/jobs/place.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';

/** Starts an execution of the registered pipeline with these parameters. @throws InputError when none is registered */
export const startPipeline = changes(
  'pipelines.start',
  {
    purpose: (_: { parameters: Record<string, string> }) => 'start the pipeline',
    withoutLease: 'the stages of the execution take it',
    async check({ project, environment, signal }) {
      const name = pipelineName(project.file);
      const found = await cloudOf(environment, 'pipeline').pipelines.describe(name, { signal });
      if (found === undefined)
        throw new InputError(
          `pipeline ${name}: found none in ${environment.name}; register it with: mlops pipeline register`,
        );
    },
  },
  async ({ project, writers, signal }, { parameters }) => {
    const name = pipelineName(project.file);
    const arn = await writers.cloud!.pipelines.start(name, parameters, { signal, token: randomUUID() });
    return answer('pipeline-execution', { pipeline: name, id: arn.slice(arn.lastIndexOf('/') + 1), arn });
  },
);
