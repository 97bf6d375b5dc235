import { lifecycleReader } from '../storage/lifecycle.js';
import type { Account } from '../account/place.js';

/** A harmless call, which fails when a right is missing. */
export type Probe = (account: Account, options: { abortSignal?: AbortSignal }) => Promise<unknown>;

/** A name that nobody gives: what does not exist may be asked for by whoever may look. */
export const nobody = 'mlops-doctor-probe';

/** Calls that read what is there, by the right that each needs. */
export const probes: Record<string, Probe> = {
  's3:ListAllMyBuckets': async ({ clients }, options) => (await clients.s3()).listBuckets({ MaxBuckets: 1 }, options),
  's3:ListBucket': async ({ clients, settings }, options) =>
    (await clients.s3()).listObjectsV2({ Bucket: settings.bucket, MaxKeys: 1 }, options),
  's3:GetObject': async ({ clients, settings }, options) =>
    (await clients.s3()).getObject({ Bucket: settings.bucket, Key: nobody }, options),
  'sagemaker:ListEndpoints': async ({ clients }, options) =>
    (await clients.sagemaker()).listEndpoints({ MaxResults: 1 }, options),
  'sagemaker:ListFeatureGroups': async ({ clients }, options) =>
    (await clients.sagemaker()).listFeatureGroups({ MaxResults: 1 }, options),
  'sagemaker:ListModelPackageGroups': async ({ clients }, options) =>
    (await clients.sagemaker()).listModelPackageGroups({ MaxResults: 1 }, options),
  'sagemaker:DescribeEndpoint': async ({ clients, project }, options) =>
    (await clients.sagemaker()).describeEndpoint({ EndpointName: project.file.endpoint.name }, options),
  'sagemaker:DescribeEndpointConfig': async ({ clients }, options) =>
    (await clients.sagemaker()).describeEndpointConfig({ EndpointConfigName: nobody }, options),
  'sagemaker:DescribeModel': async ({ clients }, options) =>
    (await clients.sagemaker()).describeModel({ ModelName: nobody }, options),
  'sagemaker:DescribeFeatureGroup': async ({ clients }, options) =>
    (await clients.sagemaker()).describeFeatureGroup({ FeatureGroupName: nobody }, options),
  'sagemaker:DescribeModelPackageGroup': async ({ clients, project }, options) =>
    (await clients.sagemaker()).describeModelPackageGroup({ ModelPackageGroupName: project.file.name }, options),
  'sagemaker:ListModelPackages': async ({ clients, project }, options) =>
    (await clients.sagemaker()).listModelPackages({ ModelPackageGroupName: project.file.name, MaxResults: 1 }, options),
  'sagemaker:ListMonitoringSchedules': async ({ clients }, options) =>
    (await clients.sagemaker()).listMonitoringSchedules({ MaxResults: 1 }, options),
  'sagemaker:DescribeMonitoringSchedule': async ({ clients }, options) =>
    (await clients.sagemaker()).describeMonitoringSchedule({ MonitoringScheduleName: nobody }, options),
  's3:GetLifecycleConfiguration': (account, { abortSignal: signal }) => lifecycleReader(account).read({ signal }),
  'cloudwatch:DescribeAlarms': async ({ clients }, options) =>
    (await clients.cloudwatch()).describeAlarms({ MaxRecords: 1 }, options),
  'cloudwatch:DescribeAlarmHistory': async ({ clients }, options) =>
    (await clients.cloudwatch()).describeAlarmHistory({ MaxRecords: 1 }, options),
  'cloudwatch:GetMetricData': async ({ clients }, options) => {
    const Metric = { Namespace: 'AWS/SageMaker', MetricName: 'Invocations' };
    const EndTime = new Date();
    const StartTime = new Date(EndTime.getTime() - 60_000);
    const MetricDataQueries = [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }];
    return (await clients.cloudwatch()).getMetricData({ StartTime, EndTime, MetricDataQueries }, options);
  },
  'logs:DescribeLogStreams': async ({ clients, project }, options) => {
    const logGroupName = `/aws/sagemaker/Endpoints/${project.file.endpoint.name}`;
    return (await clients.logs()).describeLogStreams({ logGroupName, limit: 1 }, options);
  },
  'logs:GetLogEvents': async ({ clients, project }, options) => {
    const logGroupName = `/aws/sagemaker/Endpoints/${project.file.endpoint.name}`;
    return (await clients.logs()).getLogEvents({ logGroupName, logStreamName: nobody, limit: 1 }, options);
  },
};
