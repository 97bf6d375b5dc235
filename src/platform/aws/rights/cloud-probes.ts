import type { SageMaker } from '@aws-sdk/client-sagemaker';
import type { Account } from '../account/place.js';
import { nobody, type Probe } from './probes.js';

type Options = Parameters<Probe>[1];
const sagemaker =
  (call: (client: SageMaker, names: { pipeline: string }, options: Options) => Promise<unknown>): Probe =>
  async ({ clients, project }, options) => {
    const pipeline = `${project.file.name}-monitoring`;
    return call(await clients.sagemaker(), { pipeline }, options);
  };
const logsOf = async ({ clients }: Account, options: Options) =>
  (await clients.logs()).filterLogEvents({ logGroupName: '/aws/sagemaker/ProcessingJobs', limit: 1 }, options);

/** The same for jobs, pipelines, dashboards and cleaning up. */
export const cloudProbes: Record<string, Probe> = {
  'sagemaker:DescribePipeline': sagemaker((client, { pipeline }, options) =>
    client.describePipeline({ PipelineName: pipeline }, options),
  ),
  'sagemaker:ListPipelineExecutions': sagemaker((client, { pipeline }, options) =>
    client.listPipelineExecutions({ PipelineName: pipeline, MaxResults: 1 }, options),
  ),
  'sagemaker:ListPipelines': sagemaker((client, _names, options) => client.listPipelines({ MaxResults: 1 }, options)),
  'sagemaker:ListEndpointConfigs': sagemaker((client, _names, options) =>
    client.listEndpointConfigs({ MaxResults: 1 }, options),
  ),
  'sagemaker:ListModels': sagemaker((client, _names, options) => client.listModels({ MaxResults: 1 }, options)),
  'sagemaker:DescribeProcessingJob': sagemaker((client, _names, options) =>
    client.describeProcessingJob({ ProcessingJobName: nobody }, options),
  ),
  'sagemaker:DescribeTrainingJob': sagemaker((client, _names, options) =>
    client.describeTrainingJob({ TrainingJobName: nobody }, options),
  ),
  'sagemaker:ListProcessingJobs': sagemaker((client, _names, options) =>
    client.listProcessingJobs({ MaxResults: 1 }, options),
  ),
  'sagemaker:ListTrainingJobs': sagemaker((client, _names, options) =>
    client.listTrainingJobs({ MaxResults: 1 }, options),
  ),
  'cloudwatch:GetDashboard': async ({ clients, project }, options) =>
    (await clients.cloudwatch()).getDashboard({ DashboardName: `${project.file.name}-${nobody}` }, options),
  'cloudwatch:ListDashboards': async ({ clients, project }, options) =>
    (await clients.cloudwatch()).listDashboards({ DashboardNamePrefix: `${project.file.name}-` }, options),
  'logs:FilterLogEvents': logsOf,
  'tag:GetResources': async ({ clients }, options) =>
    (await clients.tagging()).getResources({ ResourcesPerPage: 1 }, options),
};
