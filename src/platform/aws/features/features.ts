import type { DescribeFeatureGroupResponse } from '@aws-sdk/client-sagemaker';
import * as z from 'zod';
import { InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import type { FeatureGroup, FeatureReader } from '../../ports/features.js';
import { isMissing } from '../account/explain.js';
import { icebergFiles } from './iceberg.js';
import type { S3Reader } from '../storage/objects.js';
import type { Account } from '../account/place.js';
import { parseS3Address } from '../../../common/s3-address.js';
import { keyOrUri } from '../storage/s3-uri.js';

const pageSize = 100;

/** SageMaker Feature Store's groups, and their offline stores in S3. */
export function featureReader(account: Account, objects: S3Reader): FeatureReader {
  const { clients, settings } = account;
  return {
    async list({ token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = {
        NextToken: token,
        MaxResults: Math.min(limit, pageSize),
        SortBy: 'Name',
        SortOrder: 'Ascending',
      } as const;
      const found = await sagemaker.listFeatureGroups(request, { abortSignal: signal });
      const items = (found.FeatureGroupSummaries ?? []).map((group) => ({
        name: group.FeatureGroupName ?? '',
        status: group.FeatureGroupStatus ?? 'unknown',
        createdAt: group.CreationTime?.toISOString() ?? '',
      }));
      return { items, next: found.NextToken };
    },
    async describe(name, { signal } = {}) {
      const found = await describeGroup(account, name, signal);
      if (found === undefined) return undefined;
      return { ...featureGroupOf(found, settings.bucket ?? ''), ...(await countedOf(account, objects, name, signal)) };
    },
    async files(name, options = {}) {
      const found = await describeGroup(account, name, options.signal);
      if (found === undefined) throw new InputError(`there is no feature group ${name}`);
      const data = parseS3Address(dataUri(found));
      if (data === undefined) throw new InputError(`feature group ${name} has no offline store, so it has no files`);
      if (found.OfflineStoreConfig?.TableFormat === 'Iceberg') {
        const root = { bucket: data.bucket, key: data.key.replace(/data\/$/, '') };
        const uris = (await icebergFiles(objects, name, root, options)).map((uri) => parseS3Address(uri)!);
        return Promise.all(uris.map(({ bucket, key }) => objects.file(key, { ...options, bucket })));
      }
      return objects.parquetFiles(data.bucket, data.key, options);
    },
  };
}

/** What SageMaker says of a group; undefined when there is none. */
export async function describeGroup(
  account: Account,
  name: string,
  signal?: AbortSignal,
): Promise<DescribeFeatureGroupResponse | undefined> {
  const sagemaker = await account.clients.sagemaker();
  try {
    return await sagemaker.describeFeatureGroup(
      { FeatureGroupName: groupHere(account, name) },
      { abortSignal: signal },
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A part's group may have been made by somebody else, under another name. */
export function groupHere({ settings, project }: Account, name: string): string {
  const part = name.startsWith(`${project.file.name}-`) ? name.slice(project.file.name.length + 1) : '';
  return settings.featureGroups[part] ?? name;
}

const countedSchema = z.object({
  features: z.array(z.object({ name: z.string(), type: z.enum(['Integral', 'Fractional', 'String']) })),
  rows: z.number().optional(),
  updatedAt: z.string(),
});

/**
 * What our own builds wrote beside a group: its rows, and the features that the last build made, for a group never
 * loses one. Nothing for a group that somebody else fills, or when the bucket may not be read.
 */
async function countedOf({ settings }: Account, objects: S3Reader, name: string, signal?: AbortSignal) {
  if (settings.bucket === undefined) return {};
  const bytes = await objects.read(keys.featureGroup(name), { signal }).catch(() => undefined);
  if (bytes === undefined) return {};
  try {
    return countedSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? {};
  } catch {
    return {};
  }
}

/** `rows` stays unknown: counting them needs a query. */
export function featureGroupOf(found: DescribeFeatureGroupResponse, ownBucket: string): FeatureGroup {
  const uri = dataUri(found);
  return {
    name: found.FeatureGroupName ?? '',
    status: found.FeatureGroupStatus ?? 'unknown',
    reason: found.FailureReason ?? found.OfflineStoreStatus?.BlockedReason ?? found.LastUpdateStatus?.FailureReason,
    createdAt: found.CreationTime?.toISOString() ?? '',
    recordId: found.RecordIdentifierFeatureName ?? '',
    eventTime: found.EventTimeFeatureName ?? '',
    features: (found.FeatureDefinitions ?? []).map(({ FeatureName = '', FeatureType }) => ({
      name: FeatureName,
      type: FeatureType ?? 'String',
    })),
    updatedAt: found.LastModifiedTime?.toISOString(),
    prefix: uri && keyOrUri(uri, ownBucket),
    online: found.OnlineStoreConfig?.EnableOnlineStore === true,
    offline: found.OfflineStoreConfig !== undefined,
  };
}

/** Where the offline store's Parquet lies: the resolved output, which ends in `/data` unless an older service resolved it. */
export function dataUri(found: DescribeFeatureGroupResponse): string | undefined {
  const resolved = found.OfflineStoreConfig?.S3StorageConfig?.ResolvedOutputS3Uri?.replace(/\/$/, '');
  if (resolved === undefined) return undefined;
  return resolved.endsWith('/data') ? `${resolved}/` : `${resolved}/data/`;
}
