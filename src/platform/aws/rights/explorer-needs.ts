import { partitionOf, type Need, type Place } from './needs.js';

/**
 * The rights for looking at monitoring schedules, for the rules by which the bucket forgets, and for queries by Athena,
 * which reads the table as the user and leaves its result in the bucket as the user. Source: the services' pages in the
 * Service Authorization Reference.
 */
export function explorerNeeds({ settings, account }: Place): Need[] {
  const region = settings.region ?? '*';
  const partition = partitionOf(region);
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const bucket = `arn:${partition}:s3:::${settings.bucket ?? '*'}`;
  const need = (purpose: Need['for'], actions: string[], ...resources: string[]): Need => ({
    ...{ for: purpose, actions, resources },
  });
  const athena = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'];
  const glue = ['GetDatabase', 'GetTable', 'GetPartitions'];
  return [
    need('read', ['sagemaker:ListMonitoringSchedules'], '*'),
    need('read', ['sagemaker:DescribeMonitoringSchedule'], arn('sagemaker', 'monitoring-schedule/*')),
    need('read', ['s3:GetLifecycleConfiguration'], bucket),
    need('write', ['s3:PutLifecycleConfiguration', 's3:GetBucketLocation'], bucket),
    need(...(['write', athena.map((name) => `athena:${name}`)] as const), arn('athena', 'workgroup/primary')),
    need(
      ...(['write', glue.map((name) => `glue:${name}`)] as const),
      ...['catalog', 'database/*', 'table/*/*'].map((resource) => arn('glue', resource)),
    ),
  ];
}
