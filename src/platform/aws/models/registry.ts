import type { DescribeModelPackageOutput } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../../common/errors.js';
import type { RegistryReader } from '../../ports/registry.js';
import { isMissing } from '../account/explain.js';
import { versionOfPackage } from './model-package.js';
import type { Account } from '../account/place.js';

const pageSize = 100;

/** The SageMaker Model Registry: groups are model package groups, versions model packages. */
export function registryReader(account: Account): RegistryReader {
  const { clients, settings } = account;
  const describe = async (arn: string | undefined, signal: AbortSignal | undefined) => {
    const sagemaker = await clients.sagemaker();
    const found = await sagemaker.describeModelPackage({ ModelPackageName: arn }, { abortSignal: signal });
    return versionOfPackage(found, settings.bucket ?? '');
  };
  return {
    async groups({ token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = { NextToken: token, MaxResults: Math.min(limit, pageSize) };
      const found = await sagemaker.listModelPackageGroups(request, { abortSignal: signal });
      const items = (found.ModelPackageGroupSummaryList ?? []).map((group) => group.ModelPackageGroupName ?? '');
      return { items, next: found.NextToken };
    },
    async list(group, { token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = {
        ModelPackageGroupName: group,
        NextToken: token,
        MaxResults: Math.min(limit, pageSize),
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
      } as const;
      try {
        const found = await sagemaker.listModelPackages(request, { abortSignal: signal });
        const packages = found.ModelPackageSummaryList ?? [];
        const items = await Promise.all(packages.map((summary) => describe(summary.ModelPackageArn, signal)));
        return { items, next: found.NextToken };
      } catch (error) {
        if (isMissing(error)) return { items: [] };
        throw error;
      }
    },
    async get(group, version, { signal } = {}) {
      const found = await packageOf(account, group, version, signal);
      return found && versionOfPackage(found, settings.bucket ?? '');
    },
  };
}

/** What SageMaker says of one version; undefined when there is none. @throws InputError for a name that is no version */
export async function packageOf(
  { clients }: Account,
  group: string,
  version: string,
  signal?: AbortSignal,
): Promise<DescribeModelPackageOutput | undefined> {
  const number = /^v([1-9]\d*)$/.exec(version)?.[1];
  if (number === undefined) throw new InputError(`model version ${version}: expected v1, v2, …`);
  const sagemaker = await clients.sagemaker();
  try {
    // A version is known by its ARN only, which has the group's account, region and partition.
    const request = { ModelPackageGroupName: group };
    const { ModelPackageGroupArn } = await sagemaker.describeModelPackageGroup(request, { abortSignal: signal });
    const arn = ModelPackageGroupArn?.replace(':model-package-group/', ':model-package/');
    return await sagemaker.describeModelPackage({ ModelPackageName: `${arn}/${number}` }, { abortSignal: signal });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
