import type { Project } from '../../../project/schema.js';
import type { AwsSettings } from '../account/settings.js';

/** A right that the project needs: IAM actions on resources, and whether for looking or for writing. */
export interface Need {
  for: 'read' | 'write';
  actions: string[];
  resources: string[];
  /** An IAM condition that keeps the right small. */
  condition?: object;
}

/** Names of everything that IAM can tell apart, for one project in one account. */
function arnsOf({ settings, project, account }: Place) {
  const region = settings.region ?? '*';
  const partition = partitionOf(region);
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const bucket = `arn:${partition}:s3:::${settings.bucket ?? '*'}`;
  return { arn, bucket, objects: `${bucket}/*`, endpoint: project.file.endpoint.name, group: project.file.name };
}

/** Which of the separate clouds a region belongs to, as ARNs name it. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export interface Place {
  settings: AwsSettings;
  project: Project;
  account: string;
}

/**
 * Everything that the adapter's calls need, each as narrow as IAM allows: what cannot be narrowed has `*`.
 * Source: the services' pages in the Service Authorization Reference.
 */
export function needsOf(place: Place): Need[] {
  return [...readNeeds(place), ...writeNeeds(place)];
}

function readNeeds(place: Place): Need[] {
  const { arn, bucket, objects, endpoint, group } = arnsOf(place);
  const read = (actions: string[], ...resources: string[]): Need => ({ for: 'read', actions, resources });
  const sagemaker = (...names: string[]) => names.map((name) => `sagemaker:${name}`);
  const logs = arn('logs', `log-group:/aws/sagemaker/Endpoints/${endpoint}`);
  return [
    read(['s3:ListAllMyBuckets'], '*'),
    read(['s3:ListBucket'], bucket),
    read(['s3:GetObject'], objects),
    read(sagemaker('ListEndpoints', 'ListFeatureGroups', 'ListModelPackageGroups'), '*'),
    read(sagemaker('DescribeEndpoint', 'InvokeEndpoint'), arn('sagemaker', `endpoint/${endpoint}`)),
    read(sagemaker('DescribeEndpointConfig'), arn('sagemaker', 'endpoint-config/*')),
    read(sagemaker('DescribeModel'), arn('sagemaker', 'model/*')),
    read(sagemaker('DescribeFeatureGroup'), arn('sagemaker', 'feature-group/*')),
    read(sagemaker('DescribeModelPackageGroup', 'ListModelPackages'), arn('sagemaker', `model-package-group/${group}`)),
    read(sagemaker('DescribeModelPackage'), arn('sagemaker', `model-package/${group}/*`)),
    read(['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory', 'cloudwatch:GetMetricData'], '*'),
    read(['logs:DescribeLogStreams', 'logs:GetLogEvents'], `${logs}`, `${logs}:*`),
  ];
}

function writeNeeds(place: Place): Need[] {
  const { arn, objects, endpoint, group } = arnsOf(place);
  const write = (actions: string[], ...resources: string[]): Need => ({ for: 'write', actions, resources });
  const sagemaker = (...names: string[]) => names.map((name) => `sagemaker:${name}`);
  const of = (...resources: string[]) => resources.map((resource) => arn('sagemaker', resource));
  const [endpoints, configs, models] = [`endpoint/${endpoint}`, `endpoint-config/${endpoint}-*`, `model/${group}-*`];
  const [groups, packages, features] = [
    `model-package-group/${group}`,
    `model-package/${group}/*`,
    groupsOf(place.settings, group),
  ];
  const update = ['CreateEndpoint', 'UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities', 'DeleteEndpoint'];
  return [
    write(['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], objects),
    write(sagemaker('ListEndpointConfigs'), '*'),
    write(sagemaker(...update), ...of(endpoints, configs)),
    write(sagemaker('CreateEndpointConfig', 'DeleteEndpointConfig'), ...of(configs)),
    write(sagemaker('CreateModel'), ...of(models)),
    write(sagemaker('CreateModelPackageGroup'), ...of(groups)),
    write(sagemaker('CreateModelPackage', 'UpdateModelPackage', 'DeleteModelPackage'), ...of(groups, packages)),
    write(sagemaker('CreateFeatureGroup', 'UpdateFeatureGroup'), ...of(...features)),
    write(sagemaker('AddTags', 'ListTags'), ...of(endpoints, configs, models, groups, ...features)),
    write(sagemaker('DeleteTags'), ...of(endpoints)),
    write(['cloudwatch:PutMetricData'], '*'),
    write(
      ['PutMetricAlarm', 'PutCompositeAlarm', 'DeleteAlarms', 'TagResource'].map((name) => `cloudwatch:${name}`),
      arn('cloudwatch', 'alarm:*'),
    ),
    passing(place.settings.role ?? arn('iam', 'role/*').replace(`:${place.settings.region}:`, '::')),
  ];
}

/** The project's feature groups by their own names, and those that the environment names. */
export function groupsOf({ featureGroups }: AwsSettings, project: string): string[] {
  return [`${project}-*`, ...new Set(Object.values(featureGroups))].map((name) => `feature-group/${name}`);
}

/** The right to have SageMaker take on a role, and no other service. */
export function passing(role: string): Need {
  return {
    ...{ for: 'write', actions: ['iam:PassRole'], resources: [role] },
    condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  };
}

/** The smallest IAM policy for looking, or for everything. */
export function policyOf(needs: readonly Need[], kind: 'read' | 'full'): object {
  const wanted = needs.filter((need) => kind === 'full' || need.for === 'read');
  return {
    Version: '2012-10-17',
    Statement: wanted.map(({ for: purpose, actions, resources, condition }, index) => ({
      Sid: `Mlops${purpose === 'read' ? 'Read' : 'Write'}${index + 1}`,
      Effect: 'Allow',
      Action: actions,
      Resource: resources.length === 1 ? resources[0] : resources,
      ...(condition && { Condition: condition }),
    })),
  };
}
