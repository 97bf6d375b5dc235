import { RefusedError } from '../../common/errors.js';
import type { ResourceKind, ResourceReader, ResourceWriter, TaggedResource } from '../cloud-ports.js';
import { isMissing } from './explain.js';
import { keptInUse } from './in-use.js';
import { isOurs } from './ownership.js';
import type { Account } from './place.js';
import { listResources } from './resource-lists.js';
import { mayBeOurs } from './tagging.js';

/** What an account has of the project, known by its tags alone: names may be anybody's. */
export function resourceReader(account: Account): ResourceReader {
  return {
    async tagged({ kinds, signal } = {}) {
      const all = await mayBeOurs(account, await listResources(account, kinds, signal), signal);
      const tagged = await Promise.all(
        all.map(async (resource) => ((await isOurs(account, resource, signal)) ? [resource] : [])),
      );
      const ours = tagged.flat();
      const kept = await keptInUse(account, ours, signal);
      return ours.filter(({ kind, name }) => !kept.has(`${kind} ${name}`));
    },
  };
}

export function resourceWriter(account: Account): ResourceWriter {
  return {
    async remove(resource, { signal } = {}) {
      if (!(await isOurs(account, resource, signal)))
        throw new RefusedError(`${resource.kind} ${resource.name}: it does not carry the project's tag (any more)`);
      try {
        await deletions[resource.kind](account, resource, { abortSignal: signal });
      } catch (error) {
        // Deleting an endpoint or group may take others with it.
        if (!isMissing(error)) throw error;
      }
    },
  };
}

type Deletion = (
  account: Account,
  resource: TaggedResource,
  options: { abortSignal?: AbortSignal },
) => Promise<unknown>;

const deletions: Record<ResourceKind, Deletion> = {
  alarm: async ({ clients }, { name }, options) =>
    (await clients.cloudwatch()).deleteAlarms({ AlarmNames: [name] }, options),
  pipeline: async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deletePipeline({ PipelineName: name }, options),
  endpoint: async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deleteEndpoint({ EndpointName: name }, options),
  'endpoint-config': async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deleteEndpointConfig({ EndpointConfigName: name }, options),
  model: async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deleteModel({ ModelName: name }, options),
  'feature-group': async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deleteFeatureGroup({ FeatureGroupName: name }, options),
  'model-version': async ({ clients }, { arn }, options) =>
    (await clients.sagemaker()).deleteModelPackage({ ModelPackageName: arn }, options),
  'model-group': async ({ clients }, { name }, options) =>
    (await clients.sagemaker()).deleteModelPackageGroup({ ModelPackageGroupName: name }, options),
};
