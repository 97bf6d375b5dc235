import type { CreateModelPackageInput } from '@aws-sdk/client-sagemaker';
import { BrokenError, ConflictError, InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import type { ModelVersion, RegistryWriter } from '../../ports/registry.js';
import { causeOf, isMissing } from '../account/explain.js';
import { versionOfArn } from './model-package.js';
import { metadataOf } from './package-metadata.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { packageOf } from './registry.js';
import { tagsOf } from '../ownership/tags.js';

/** Names of types that every served model of ours speaks. */
const types = ['text/csv', 'application/json'];
/** The group's tag that remembers the highest number the registry ever gave, for it never gives one twice. */
const lastTag = 'mlops:last-version';

/** Model packages: their numbers are the registry's own, and go on after a version was deleted. */
export function registryWriter(account: Account): RegistryWriter {
  const { clients } = account;
  return {
    async nextVersion(group, { signal } = {}) {
      const [newest, last] = await Promise.all([newestOf(account, group, signal), lastGiven(account, group, signal)]);
      return `v${Math.max(newest, last) + 1}`;
    },
    async register(version, { signal } = {}) {
      const { group } = version;
      if ((await packageOf(account, group, version.version, signal)) !== undefined)
        throw new BrokenError(`${group} ${version.version} is registered already, and a version never changes`);
      await mustBeOurs(account, { kind: 'model-group', name: group }, { signal });
      await ensureGroup(account, group, signal);
      const sagemaker = await clients.sagemaker();
      const request = requestOf(account, version);
      const { ModelPackageArn } = await sagemaker.createModelPackage(request, { abortSignal: signal });
      await mustBe(account, version, ModelPackageArn);
    },
    async setStatus(group, version, status, why, { signal } = {}) {
      const found = await packageOf(account, group, version, signal);
      if (found === undefined) throw new InputError(`there is no version ${version} in model group ${group}`);
      await mustBeOurs(account, { kind: 'model-group', name: group }, { signal });
      const sagemaker = await clients.sagemaker();
      await sagemaker.updateModelPackage(
        {
          ModelPackageArn: found.ModelPackageArn,
          ModelApprovalStatus: status,
          ApprovalDescription: why.slice(0, 1024) || undefined,
          // Said again, for not every server keeps what an update does not mention.
          CustomerMetadataProperties: found.CustomerMetadataProperties,
        },
        { abortSignal: signal },
      );
    },
  };
}

/** Evaluation and baselines are pointed at where the registry has fields for them; consoles and pipelines look there. */
function requestOf({ settings }: Account, version: ModelVersion): CreateModelPackageInput {
  const { group, status, description, artifacts } = version;
  const at = (key: string) => ({ ContentType: 'application/json', S3Uri: `s3://${settings.bucket}/${key}` });
  const evaluation = at(keys.evaluationMetrics(version.version));
  return {
    ModelPackageGroupName: group,
    ModelPackageDescription: description.slice(0, 1024) || undefined,
    ModelApprovalStatus: status,
    CustomerMetadataProperties: metadataOf(version),
    ModelMetrics: { ModelQuality: { Statistics: evaluation } },
    InferenceSpecification: settings.image
      ? {
          Containers: [{ Image: settings.image, ModelDataUrl: `s3://${settings.bucket}/${artifacts}model.tar.gz` }],
          SupportedContentTypes: types,
          SupportedResponseMIMETypes: types,
        }
      : undefined,
  };
}

async function ensureGroup(account: Account, group: string, signal?: AbortSignal): Promise<void> {
  const sagemaker = await account.clients.sagemaker();
  try {
    await sagemaker.describeModelPackageGroup({ ModelPackageGroupName: group }, { abortSignal: signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const request = { ModelPackageGroupName: group, Tags: tagsOf(account) };
    await sagemaker.createModelPackageGroup(request, { abortSignal: signal }).catch((failure: unknown) => {
      // Somebody else made it at this moment.
      if (!/already exists/i.test(causeOf(failure).message)) throw failure;
    });
  }
}

/** Artifacts lie under the number that was expected; another one in the registry would point at nothing. */
async function mustBe(account: Account, { group, version }: ModelVersion, arn: string | undefined): Promise<void> {
  const given = versionOfArn(arn)?.version;
  if (given === version) return;
  const sagemaker = await account.clients.sagemaker();
  await sagemaker.deleteModelPackage({ ModelPackageName: arn });
  const { ModelPackageGroupArn } = await sagemaker.describeModelPackageGroup({ ModelPackageGroupName: group });
  if (given !== undefined)
    await sagemaker.addTags({ ResourceArn: ModelPackageGroupArn, Tags: [{ Key: lastTag, Value: given.slice(1) }] });
  throw new ConflictError(
    `${group}: the registry gave ${given ?? arn ?? 'no version'}, expected ${version}: somebody registered meanwhile, or deleted a version; run it again`,
  );
}

async function newestOf(account: Account, group: string, signal?: AbortSignal): Promise<number> {
  const sagemaker = await account.clients.sagemaker();
  const order = { SortBy: 'CreationTime', SortOrder: 'Descending' } as const;
  try {
    const request = { ModelPackageGroupName: group, MaxResults: 1, ...order };
    const { ModelPackageSummaryList = [] } = await sagemaker.listModelPackages(request, { abortSignal: signal });
    return numberOf(versionOfArn(ModelPackageSummaryList[0]?.ModelPackageArn)?.version.slice(1));
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function lastGiven(account: Account, group: string, signal?: AbortSignal): Promise<number> {
  const sagemaker = await account.clients.sagemaker();
  try {
    const request = { ModelPackageGroupName: group };
    const { ModelPackageGroupArn } = await sagemaker.describeModelPackageGroup(request, { abortSignal: signal });
    const { Tags = [] } = await sagemaker.listTags({ ResourceArn: ModelPackageGroupArn }, { abortSignal: signal });
    return numberOf(Tags.find(({ Key }) => Key === lastTag)?.Value);
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Anybody may have written a tag: what is no number counts as none. */
function numberOf(text = ''): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
