import { MissingRight } from '../../../common/errors.js';
import type { TaggedResource } from '../../ports/resources.js';
import type { Account } from '../account/place.js';
import { tagsOf } from './tags.js';

/** What the tagging service calls the kinds that a project can have. A model's versions go by their group. */
const types = [
  'cloudwatch:alarm',
  ...['pipeline', 'endpoint', 'endpoint-config', 'model', 'feature-group', 'model-package-group'].map(
    (kind) => `sagemaker:${kind}`,
  ),
];

/**
 * Those of many things that may carry the project's and the environment's tag: asking the service that knows all tags is
 * one call for a hundred things that do, asking each thing one for every thing of the account. It may be minutes behind,
 * so what is named as ours are stays too. All of them, where it may not be asked.
 */
export async function mayBeOurs(
  account: Account,
  all: readonly TaggedResource[],
  signal?: AbortSignal,
): Promise<readonly TaggedResource[]> {
  const tagged = await taggedArns(account, signal);
  if (tagged === undefined) return all;
  const { name, endpoint } = account.project.file;
  const beginnings = [name, endpoint.name].map((one) => one.toLowerCase());
  return all.filter((resource) => {
    const isNamed = beginnings.some((beginning) => resource.name.toLowerCase().startsWith(beginning));
    return isNamed || tagged.has(keyOf(resource.arn));
  });
}

/** Services write the names in ARNs as they like; a version has the tags of its group. */
function keyOf(arn: string): string {
  return arn.toLowerCase().replace(/:model-package\/(.+)\/\d+$/, ':model-package-group/$1');
}

async function taggedArns(account: Account, abortSignal?: AbortSignal): Promise<Set<string> | undefined> {
  const TagFilters = tagsOf(account).map(({ Key, Value }) => ({ Key, Values: [Value] }));
  const tagging = await account.clients.tagging();
  const arns = new Set<string>();
  let PaginationToken: string | undefined;
  try {
    do {
      const request = { TagFilters, ResourceTypeFilters: types, ResourcesPerPage: 100, PaginationToken };
      const page = await tagging.getResources(request, { abortSignal });
      for (const { ResourceARN = '' } of page.ResourceTagMappingList ?? []) arns.add(keyOf(ResourceARN));
      // The last page has an empty one.
      PaginationToken = page.PaginationToken === '' ? undefined : page.PaginationToken;
    } while (PaginationToken !== undefined);
  } catch (error) {
    if (error instanceof MissingRight) return undefined;
    throw error;
  }
  return arns;
}
