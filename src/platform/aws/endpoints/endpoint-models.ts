import type { ContainerDefinition } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../../common/errors.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import { causeOf, isMissing } from '../account/explain.js';
import { versionOfPackage } from '../models/model-package.js';
import { resourceName, shortHash } from '../ownership/names.js';
import { bucketOf } from '../storage/objects.js';
import type { Account } from '../account/place.js';
import { packageOf } from '../models/registry.js';
import { roleOf } from '../account/settings.js';
import { tagsOf } from '../ownership/tags.js';

/** What a container of ours is told; it also tells a reader which version a model holds. */
export const containerVariables = { group: 'MLOPS_MODEL_GROUP', version: 'MLOPS_MODEL_VERSION' } as const;

/** SageMaker models by version, made where they are not there yet. A model never changes: its name says what it is of. */
export async function ensureModels(
  account: Account,
  { group, variants }: EndpointConfig,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { modelVersion } of variants)
    if (!names.has(modelVersion)) names.set(modelVersion, await ensureModel(account, group, modelVersion, signal));
  return names;
}

async function ensureModel(account: Account, group: string, version: string, signal?: AbortSignal): Promise<string> {
  const role = roleOf(account.settings);
  const container = await containerOf(account, group, version, signal);
  const name = resourceName([group, version], shortHash([container, role]));
  const sagemaker = await account.clients.sagemaker();
  try {
    await sagemaker.describeModel({ ModelName: name }, { abortSignal: signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const request = { ModelName: name, ExecutionRoleArn: role, PrimaryContainer: container, Tags: tagsOf(account) };
    await sagemaker.createModel(request, { abortSignal: signal }).catch((failure: unknown) => {
      // Somebody else made the same at this moment.
      if (!/already exist/i.test(causeOf(failure).message)) throw failure;
    });
  }
  return name;
}

/** The package's own container where it has one, else the environment's image with the version's artifact. */
async function containerOf(
  account: Account,
  group: string,
  version: string,
  signal?: AbortSignal,
): Promise<ContainerDefinition> {
  const { settings } = account;
  const found = await packageOf(account, group, version, signal);
  if (found === undefined) throw new InputError(`there is no version ${version} in model group ${group}`);
  const registered = found.InferenceSpecification?.Containers?.[0];
  const Image = registered?.Image ?? settings.image;
  if (Image === undefined) throw noImage(account, version);
  const { artifacts } = versionOfPackage(found, settings.bucket ?? '');
  const own = { [containerVariables.group]: group, [containerVariables.version]: version };
  return {
    Image,
    ModelDataUrl: registered?.ModelDataUrl ?? `s3://${bucketOf(account)}/${artifacts}model.tar.gz`,
    Environment: { ...registered?.Environment, ...own },
  };
}

export function noImage({ settings }: Account, version: string): InputError {
  return new InputError(
    `environment ${settings.name}: found no container image to serve ${version}; set environments.${settings.name}.image in mlops.json`,
  );
}
