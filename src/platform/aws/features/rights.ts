import type { AwsSettings } from '../account/settings.js';
import { named, nobody, read, rightsOf, write } from '../rights/rights.js';

const group = named('feature-group', 'FeatureGroupName');

/**
 * Feature groups, and queries by Athena, which reads the table as the user and leaves its result in the bucket as the
 * user.
 */
export const featureRights = rightsOf({
  needs({ arn, sagemaker, name, settings }) {
    const groups = sagemaker(...groupsOf(settings, name));
    const athena = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'];
    const glue = ['catalog', 'database/*', 'table/*/*'].map((resource) => arn('glue', resource));
    return [
      read('sagemaker', ['ListFeatureGroups'], '*'),
      read('sagemaker', ['DescribeFeatureGroup'], ...sagemaker('feature-group/*')),
      write('sagemaker', ['CreateFeatureGroup', 'UpdateFeatureGroup', 'DeleteFeatureGroup'], ...groups),
      write('sagemaker', ['AddTags', 'ListTags'], ...groups),
      write('athena', athena, arn('athena', 'workgroup/primary')),
      write('glue', ['GetDatabase', 'GetTable', 'GetPartitions'], ...glue),
    ];
  },
  probes: {
    'sagemaker:ListFeatureGroups': async ({ clients }, options) =>
      (await clients.sagemaker()).listFeatureGroups({ MaxResults: 1 }, options),
    'sagemaker:DescribeFeatureGroup': async ({ clients }, options) =>
      (await clients.sagemaker()).describeFeatureGroup({ FeatureGroupName: nobody }, options),
  },
  finds: {
    'feature-group': async ({ clients }, FeatureGroupName, options) =>
      (await (await clients.sagemaker()).describeFeatureGroup({ FeatureGroupName }, options)).FeatureGroupArn,
  },
  touches: {
    CreateFeatureGroup: group,
    UpdateFeatureGroup: group,
    DeleteFeatureGroup: group,
    StartQueryExecution: 'nothing',
    StopQueryExecution: 'nothing',
  },
});

/** The project's feature groups by their own names, and those that the environment names. */
function groupsOf({ featureGroups }: AwsSettings, project: string): string[] {
  return [`${project}-*`, ...new Set(Object.values(featureGroups))].map((name) => `feature-group/${name}`);
}
