import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';
import type { Thing } from './whose.js';

type Taggable = Exclude<Thing['kind'], 'dashboard' | 'object'>;
interface Options {
  abortSignal?: AbortSignal;
}

/** The ARN of something that can carry tags; undefined when there is none of that name. */
export async function findArn(
  account: Account,
  kind: Taggable,
  name: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return await finders[kind](account, name, { abortSignal: signal });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const finders: Record<Taggable, (account: Account, name: string, options: Options) => Promise<string | undefined>> = {
  async alarm({ clients }, name, options) {
    const request = { AlarmNames: [name], AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const found = await (await clients.cloudwatch()).describeAlarms(request, options);
    return [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])][0]?.AlarmArn;
  },
  endpoint: async ({ clients }, EndpointName, options) =>
    (await (await clients.sagemaker()).describeEndpoint({ EndpointName }, options)).EndpointArn,
  'endpoint-config': async ({ clients }, EndpointConfigName, options) =>
    (await (await clients.sagemaker()).describeEndpointConfig({ EndpointConfigName }, options)).EndpointConfigArn,
  model: async ({ clients }, ModelName, options) =>
    (await (await clients.sagemaker()).describeModel({ ModelName }, options)).ModelArn,
  pipeline: async ({ clients }, PipelineName, options) =>
    (await (await clients.sagemaker()).describePipeline({ PipelineName }, options)).PipelineArn,
  'feature-group': async ({ clients }, FeatureGroupName, options) =>
    (await (await clients.sagemaker()).describeFeatureGroup({ FeatureGroupName }, options)).FeatureGroupArn,
  'model-group': async ({ clients }, ModelPackageGroupName, options) =>
    (await (await clients.sagemaker()).describeModelPackageGroup({ ModelPackageGroupName }, options))
      .ModelPackageGroupArn,
  'model-version': (_, arn) => Promise.resolve(arn),
  'processing-job': async ({ clients }, ProcessingJobName, options) =>
    (await (await clients.sagemaker()).describeProcessingJob({ ProcessingJobName }, options)).ProcessingJobArn,
  'training-job': async ({ clients }, TrainingJobName, options) =>
    (await (await clients.sagemaker()).describeTrainingJob({ TrainingJobName }, options)).TrainingJobArn,
};
