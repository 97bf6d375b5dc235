import type { ResourceKind, ResourceReader, ResourceWriter, TaggedResource } from '../../ports/resources.js';
import { isMissing } from '../account/explain.js';
import { keptInUse } from './resources-in-use.js';
import { mustBeOurs, tagsFor } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { listResources } from './resource-lists.js';
import { mayBeOurs } from '../ownership/tagging.js';
import { whoseBy } from '../ownership/whose.js';

/** What an account has of the project, known by its tags alone: names may be anybody's. */
export function resourceReader(account: Account): ResourceReader {
  return {
    async tagged({ kinds, signal } = {}) {
      const all = await mayBeOurs(account, await listResources(account, kinds, signal), signal);
      const tagged = await Promise.all(
        all.map(async (resource) => {
          const whose = whoseBy(account, await tagsFor(account, resource, signal));
          return whose.is === 'ours' ? [{ ...resource, adopted: whose.adopted }] : [];
        }),
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
      const { kind, name, arn } = resource;
      await mustBeOurs(account, { kind, name: kind === 'model-version' ? arn : name }, { ends: true, signal });
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
