import { pipelineName, sagemakerPipeline } from '../../export/sagemaker-pipeline.js';
import { cloudOf, pipelinePlace } from '../../pipeline/jobs/place.js';
import { showPipeline as view } from '../../pipeline/account/show-pipeline.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

export interface Execution {
  /** Which to look into; the newest without it. */
  execution?: string;
  /** How many last lines of a failed step's log. */
  lines: number;
}

/** The pipeline's executions, and the steps of one. */
export const showPipeline = reads('pipelines.show', async ({ project, environment, signal }, which: Execution) => {
  const found = await view(cloudOf(environment, 'pipeline'), pipelineName(project.file), { ...which, signal });
  return answer('pipeline', found);
});

/** The pipeline as SageMaker's definition. */
export const exportPipeline = reads('pipelines.export', async ({ project, environment }) =>
  sagemakerPipeline(project.file, await pipelinePlace(project, environment.name)),
);
