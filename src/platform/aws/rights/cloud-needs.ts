import { groupsOf, passing, type Need, type Place } from './needs.js';

/**
 * The rights for jobs, pipelines, dashboards and cleaning up, each as narrow as IAM allows. Jobs' rights are needed only
 * where `mlops.json` has stages run as jobs. Source: the services' pages in the Service Authorization Reference.
 */
export function cloudNeeds({ settings, project, account }: Place): Need[] {
  const region = settings.region ?? '*';
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const { name } = project.file;
  const of = (...resources: string[]) =>
    resources.map((resource) => `arn:${partition}:sagemaker:${region}:${account}:${resource}`);
  const sagemaker = (...names: string[]) => names.map((one) => `sagemaker:${one}`);
  const need = (purpose: Need['for'], actions: string[], ...resources: string[]): Need => ({
    ...{ for: purpose, actions, resources },
  });
  const pipeline = `pipeline/${name}-monitoring`.toLowerCase();
  const jobs = [`processing-job/${name}-*`, `training-job/${name}-*`].map((job) => job.toLowerCase());
  const logs = ['ProcessingJobs', 'TrainingJobs'].map(
    (group) => `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/${group}:*`,
  );
  const dashboards = `arn:${partition}:cloudwatch::${account}:dashboard/${name}-*`;
  const ownJobs = project.file.environments[settings.name]?.jobs;
  return [
    need('read', sagemaker('DescribePipeline', 'ListPipelineExecutions'), ...of(pipeline)),
    need(
      'read',
      sagemaker('DescribePipelineExecution', 'ListPipelineExecutionSteps'),
      ...of(`${pipeline}/execution/*`),
    ),
    need('read', sagemaker('ListPipelines', 'ListEndpointConfigs', 'ListModels', 'ListTags'), '*'),
    need('read', ['cloudwatch:GetDashboard'], dashboards),
    need('read', ['cloudwatch:ListDashboards', 'cloudwatch:ListTagsForResource'], '*'),
    need('read', ['logs:FilterLogEvents'], ...logs),
    need('read', ['tag:GetResources'], '*'),
    need(
      ...([
        'write',
        sagemaker('CreatePipeline', 'UpdatePipeline', 'StartPipelineExecution', 'DeletePipeline'),
      ] as const),
      ...of(pipeline),
    ),
    need('write', ['cloudwatch:PutDashboard', 'cloudwatch:DeleteDashboards'], dashboards),
    need('write', sagemaker('DeleteModel'), ...of(`model/${name}-*`)),
    need('write', sagemaker('DeleteFeatureGroup'), ...of(...groupsOf(settings, name))),
    need('write', sagemaker('DeleteModelPackageGroup'), ...of(`model-package-group/${name}`)),
    ...(ownJobs
      ? [
          need('read', sagemaker('DescribeProcessingJob', 'DescribeTrainingJob'), ...of(...jobs)),
          need('read', sagemaker('ListProcessingJobs', 'ListTrainingJobs'), '*'),
          need(...(['write', sagemaker('CreateProcessingJob', 'StopProcessingJob')] as const), ...of(jobs[0]!)),
          need('write', sagemaker('CreateTrainingJob', 'StopTrainingJob'), ...of(jobs[1]!)),
          need('write', sagemaker('AddTags'), ...of(...jobs)),
          ...(ownJobs.role === undefined ? [] : [passing(ownJobs.role)]),
          ...(ownJobs.kmsKey === undefined
            ? []
            : [need('write', ['kms:CreateGrant', 'kms:DescribeKey'], keyOf(ownJobs.kmsKey))]),
        ]
      : []),
  ];
}

/** A key that is not named by its ARN may be any of the account's. */
function keyOf(key: string): string {
  return key.startsWith('arn:') ? key : '*';
}
