import type { DescribeFeatureGroupResponse } from '@aws-sdk/client-sagemaker';
import { BrokenError, InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import { offlineStorePath } from '../../shared/offline-store.js';
import type { FeatureDefinition, FeatureGroup, FeatureWriter } from '../../ports/features.js';
import { dataUri, describeGroup, groupHere } from './features.js';
import type { S3Writer } from '../storage/object-writer.js';
import { bucketOf } from '../storage/objects.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { roleOf } from '../account/settings.js';
import { parseS3Address } from '../../../common/s3-address.js';
import { tagsOf } from '../ownership/tags.js';
import { until } from '../account/wait.js';

type Wanted = Omit<FeatureGroup, 'status' | 'createdAt'>;

/**
 * Feature groups with an offline store in the project's bucket. Records are added as Parquet files at the place and with
 * the columns that the store itself writes, so that Athena, the SDK and we read the same.
 */
export function featureWriter(account: Account, objects: S3Writer): FeatureWriter {
  return {
    async define(group, { signal } = {}) {
      await mustBeOurs(account, groupThing(account, group.name), { signal });
      const before = await describeGroup(account, group.name, signal);
      if (before === undefined) await create(account, group, signal);
      else await extend(account, before, group, signal);
      await until(() => settled(account, group.name, signal), { signal });
      const { rows, updatedAt = new Date().toISOString() } = group;
      const counted = { name: group.name, features: group.features, rows, updatedAt };
      await objects.put(keys.featureGroup(group.name), `${JSON.stringify(counted, null, 2)}\n`, { signal });
    },
    async append(name, path, eventTime, options = {}) {
      const found = await describeGroup(account, name, options.signal);
      if (found === undefined) throw new InputError(`there is no feature group ${name}: define it before adding to it`);
      // Its files are objects of new names, which nothing else would tell from ours.
      await mustBeOurs(account, groupThing(account, name), options);
      const data = parseS3Address(dataUri(found));
      if (data === undefined)
        throw new InputError(`feature group ${name} has no offline store, so nothing can be added to it`);
      const key = data.key + offlineStorePath(eventTime);
      await objects.putFileTo({ bucket: data.bucket, key }, path, options);
      return key;
    },
  };
}

function groupThing(account: Account, name: string) {
  return { kind: 'feature-group', name: groupHere(account, name) } as const;
}

async function create(account: Account, group: Wanted, signal?: AbortSignal): Promise<void> {
  const sagemaker = await account.clients.sagemaker();
  await sagemaker.createFeatureGroup(
    {
      FeatureGroupName: groupHere(account, group.name),
      RecordIdentifierFeatureName: group.recordId,
      EventTimeFeatureName: group.eventTime,
      FeatureDefinitions: definitionsOf(group),
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: `s3://${bucketOf(account)}/feature-store` } },
      RoleArn: roleOf(account.settings),
      Tags: tagsOf(account),
    },
    { abortSignal: signal },
  );
}

/** A group keeps its features and their types for ever; new ones may come. */
async function extend(
  account: Account,
  found: DescribeFeatureGroupResponse,
  group: Wanted,
  signal?: AbortSignal,
): Promise<void> {
  const there = new Map(found.FeatureDefinitions?.map(({ FeatureName, FeatureType }) => [FeatureName, FeatureType]));
  const asked = definitionsOf(group);
  for (const { FeatureName, FeatureType } of asked) {
    const type = there.get(FeatureName);
    if (type !== undefined && type !== FeatureType)
      throw new InputError(
        `feature group ${group.name}: ${FeatureName} is ${type} there and ${FeatureType} now, and a feature's type ` +
          `never changes; give it another name in features.sql, or delete the group`,
      );
  }
  const FeatureAdditions = asked.filter(({ FeatureName }) => !there.has(FeatureName));
  if (FeatureAdditions.length === 0) return;
  const sagemaker = await account.clients.sagemaker();
  await sagemaker.updateFeatureGroup(
    { FeatureGroupName: found.FeatureGroupName, FeatureAdditions },
    { abortSignal: signal },
  );
}

/** Id and event time are features too; ours are a text and seconds since 1970. */
function definitionsOf({ recordId, eventTime, features }: Wanted) {
  const own: FeatureDefinition[] = [
    { name: recordId, type: 'String' },
    { name: eventTime, type: 'Fractional' },
  ];
  const all = [...own.filter(({ name }) => !features.some((feature) => feature.name === name)), ...features];
  return all.map(({ name, type }) => ({ FeatureName: name, FeatureType: type }));
}

/** @throws BrokenError when creating or changing it failed */
async function settled(account: Account, name: string, signal?: AbortSignal): Promise<true | undefined> {
  const found = await describeGroup(account, name, signal);
  const { FeatureGroupStatus: status, FailureReason, LastUpdateStatus } = found ?? {};
  if (status === 'CreateFailed') throw new BrokenError(`feature group ${name} was not created: ${FailureReason}`);
  if (LastUpdateStatus?.Status === 'Failed')
    throw new BrokenError(`feature group ${name} was not changed: ${LastUpdateStatus.FailureReason}`);
  return status === 'Created' && LastUpdateStatus?.Status !== 'InProgress' ? true : undefined;
}
