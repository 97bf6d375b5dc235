import { RefusedError } from '../../common/errors.js';
import type { ResourceKind } from '../cloud-ports.js';
import { isMissing } from './explain.js';
import type { Account } from './place.js';
import { tagNames, tagsOf } from './tags.js';

/** Something in an account that can carry tags. */
export interface Owned {
  kind: ResourceKind | 'job';
  name: string;
  arn: string;
}
interface Tag {
  Key?: string;
  Value?: string;
}

/** Whether it carries the project's and the environment's tag: names may be anybody's. */
export async function isOurs(account: Account, owned: Pick<Owned, 'kind' | 'arn'>, signal?: AbortSignal) {
  const found = await tagsFor(account, owned, signal);
  return tagsOf(account).every(({ Key, Value }) => found.some((tag) => tag.Key === Key && tag.Value === Value));
}

/** @throws RefusedError when somebody else made it, saying how it is handed over */
export async function mustBeOurs(account: Account, owned: Owned, signal?: AbortSignal): Promise<void> {
  if (await isOurs(account, owned, signal)) return;
  const tags = tagsOf(account).map(({ Key, Value }) => `${Key}=${Value}`);
  throw new RefusedError(
    `${owned.kind} ${owned.name} is there and does not carry the tags ${tags.join(' and ')}, so it may be somebody ` +
      "else's and is left as it is; give it these tags to hand it over, or give ours another name",
  );
}

/**
 * For what may be taken over from others who know nothing of us.
 * @throws RefusedError when it is another project's or another environment's
 */
export async function mustNotBeOthers(account: Account, owned: Owned, signal?: AbortSignal): Promise<void> {
  const found = await tagsFor(account, owned, signal);
  const { project, environment } = tagNames;
  const ours = tagsOf(account);
  const other = found.find(
    ({ Key, Value }) =>
      (Key === project || Key === environment) && !ours.some((tag) => tag.Key === Key && tag.Value === Value),
  );
  if (other === undefined) return;
  throw new RefusedError(
    `${owned.kind} ${owned.name} carries the tag ${other.Key}=${other.Value}, so it is not this environment's and is ` +
      'left as it is; give ours another name in mlops.json, or change the tag to hand it over',
  );
}

async function tagsFor(
  { clients }: Account,
  { kind, arn }: Pick<Owned, 'kind' | 'arn'>,
  abortSignal?: AbortSignal,
): Promise<Tag[]> {
  try {
    if (kind === 'alarm') {
      const cloudwatch = await clients.cloudwatch();
      return (await cloudwatch.listTagsForResource({ ResourceARN: arn }, { abortSignal })).Tags ?? [];
    }
    const sagemaker = await clients.sagemaker();
    // A version has the tags of its group and none of its own.
    const tagged =
      kind === 'model-version' ? arn.replace(/:model-package\/(.+)\/\d+$/, ':model-package-group/$1') : arn;
    return (await sagemaker.listTags({ ResourceArn: tagged }, { abortSignal })).Tags ?? [];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
