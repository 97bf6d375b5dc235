import type { AwsFill } from './fill.js';

/** What somebody else has in an account under just the names that a project of this name would take. */
export const others = {
  project: 'churn',
  endpoint: 'served',
  alarm: 'served-errors',
  dashboard: 'churn-prod-us-east-1-endpoint-served',
  pipeline: 'churn-monitoring',
  job: 'churn-train-1',
  group: 'churn-train',
  keys: ['features/churn-train.json', 'raw/a.csv', 'endpoints/served.json', 'lease.json', 'runs/r/run.json'],
};

const role = 'arn:aws:iam::123456789012:role/test';
const arn = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:123456789012:${kind}/${name}`;

/** Puts it there; `owner`: the marks that it carries, none for somebody who knows nothing of us. */
export async function fillOthers(
  fill: AwsFill,
  bucket: string,
  owner: { project: string; environment: string } | undefined,
): Promise<void> {
  const { s3, sagemaker, cloudwatch } = fill.clients;
  const Metadata = owner && { 'mlops-project': owner.project, 'mlops-environment': owner.environment };
  const Tags = owner && [
    { Key: 'mlops:project', Value: owner.project },
    { Key: 'mlops:environment', Value: owner.environment },
  ];
  await fill.bucket(bucket);
  const lease = { purpose: 'theirs', pid: 1, host: 'h', startedAt: '2026-01-01T00:00:00Z', fence: 1, nonce: 'n' };
  const expired = JSON.stringify({ ...lease, expiresAt: '2026-01-01T00:01:00Z' });
  for (const Key of others.keys)
    await s3.putObject({ Bucket: bucket, Key, Body: Key === 'lease.json' ? expired : `theirs: ${Key}`, Metadata });
  await s3.putBucketLifecycleConfiguration({
    Bucket: bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: 'theirs', Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } }],
    },
  });
  for (const part of ['train', 'validation', 'test', 'production']) await fill.featureGroup(`churn-${part}`);
  await fill.modelVersion(others.project, 1);
  await fill.endpoint(others.endpoint);
  await fill.alarm(others.alarm);
  await cloudwatch.putDashboard({ DashboardName: others.dashboard, DashboardBody: '{"widgets":[]}' });
  const pipeline = { PipelineName: others.pipeline, PipelineDefinition: '{}', RoleArn: role };
  await sagemaker.createPipeline({ ...pipeline, ClientRequestToken: 'x'.repeat(32) });
  await sagemaker.createProcessingJob({
    ProcessingJobName: others.job,
    RoleArn: role,
    AppSpecification: { ImageUri: 'theirs:1' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 1 } },
  });
  if (Tags === undefined) return;
  const parts = ['train', 'validation', 'test', 'production'].map((part) => arn('feature-group', `churn-${part}`));
  const made = [
    ...parts,
    arn('model-package-group', others.project),
    arn('endpoint', others.endpoint),
    arn('endpoint-config', `${others.endpoint}-config`),
    arn('model', `${others.endpoint}-v1`),
    arn('pipeline', others.pipeline),
    arn('processing-job', others.job),
  ];
  for (const ResourceArn of made) await sagemaker.addTags({ ResourceArn, Tags });
  const ResourceARN = `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${others.alarm}`;
  await cloudwatch.tagResource({ ResourceARN, Tags });
}

/** Everything of an account that a writer could have changed, by kind and name, as text. */
export async function snapshot({ clients }: AwsFill, bucket: string): Promise<Record<string, string>> {
  const { s3, sagemaker, cloudwatch } = clients;
  const all: Record<string, string> = {};
  const keep = (name: string, what: object) => {
    all[name] = JSON.stringify({ ...what, $metadata: undefined });
  };
  const tagged = async (name: string, ResourceArn: string | undefined, what: object) =>
    keep(name, { ...what, tags: (await sagemaker.listTags({ ResourceArn })).Tags });

  for (const { Key = '' } of (await s3.listObjectsV2({ Bucket: bucket })).Contents ?? []) {
    const { ETag, Metadata, LastModified } = await s3.headObject({ Bucket: bucket, Key });
    keep(`object ${Key}`, { ETag, Metadata, LastModified });
  }
  keep('lifecycle', await s3.getBucketLifecycleConfiguration({ Bucket: bucket }).catch(() => ({})));
  for (const { FeatureGroupName } of (await sagemaker.listFeatureGroups({})).FeatureGroupSummaries ?? []) {
    const found = await sagemaker.describeFeatureGroup({ FeatureGroupName });
    await tagged(`feature-group ${FeatureGroupName}`, found.FeatureGroupArn, found);
  }
  for (const { EndpointName } of (await sagemaker.listEndpoints({})).Endpoints ?? []) {
    const found = await sagemaker.describeEndpoint({ EndpointName });
    await tagged(`endpoint ${EndpointName}`, found.EndpointArn, found);
  }
  for (const one of (await sagemaker.listEndpointConfigs({})).EndpointConfigs ?? [])
    await tagged(`endpoint-config ${one.EndpointConfigName}`, one.EndpointConfigArn, one);
  for (const one of (await sagemaker.listModels({})).Models ?? [])
    await tagged(`model ${one.ModelName}`, one.ModelArn, one);
  for (const one of (await sagemaker.listModelPackageGroups({})).ModelPackageGroupSummaryList ?? []) {
    const { ModelPackageGroupName } = one;
    await tagged(`model-group ${ModelPackageGroupName}`, one.ModelPackageGroupArn, one);
    const versions = await sagemaker.listModelPackages({ ModelPackageGroupName });
    for (const { ModelPackageArn } of versions.ModelPackageSummaryList ?? [])
      keep(
        `model-version ${ModelPackageArn}`,
        await sagemaker.describeModelPackage({ ModelPackageName: ModelPackageArn }),
      );
  }
  for (const { PipelineName } of (await sagemaker.listPipelines({})).PipelineSummaries ?? []) {
    const found = await sagemaker.describePipeline({ PipelineName });
    await tagged(`pipeline ${PipelineName}`, found.PipelineArn, found);
    const runs = await sagemaker.listPipelineExecutions({ PipelineName });
    keep(`executions ${PipelineName}`, { runs: runs.PipelineExecutionSummaries });
  }
  for (const { ProcessingJobName } of (await sagemaker.listProcessingJobs({})).ProcessingJobSummaries ?? []) {
    const found = await sagemaker.describeProcessingJob({ ProcessingJobName });
    await tagged(`processing-job ${ProcessingJobName}`, found.ProcessingJobArn, found);
  }
  for (const alarm of (await cloudwatch.describeAlarms({})).MetricAlarms ?? []) {
    const { Tags } = await cloudwatch.listTagsForResource({ ResourceARN: alarm.AlarmArn });
    keep(`alarm ${alarm.AlarmName}`, { ...alarm, Tags });
  }
  for (const { DashboardName } of (await cloudwatch.listDashboards({})).DashboardEntries ?? [])
    keep(`dashboard ${DashboardName}`, await cloudwatch.getDashboard({ DashboardName }));
  return all;
}
