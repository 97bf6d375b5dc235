import type { DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import type { TaggedResource } from '../../ports/resources.js';
import { endpointTag } from '../endpoints/endpoint-config.js';
import { describeRaw } from '../endpoints/endpoint-wait.js';
import type { Account } from '../account/place.js';

/**
 * Of the project's configurations and models those that an endpoint serves with which is not the project's to delete,
 * as `<kind> <name>`: one that was taken over from somebody else goes on, and must find them when its machines are replaced.
 */
export async function keptInUse(
  account: Account,
  ours: readonly TaggedResource[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const kept = new Set<string>();
  const going = new Set(ours.filter(({ kind, adopted }) => kind === 'endpoint' && !adopted).map(({ name }) => name));
  const asked = new Map<string, Promise<DescribeEndpointOutput | undefined>>();
  const sagemaker = await account.clients.sagemaker();
  for (const { kind, name, arn } of ours) {
    if (kind !== 'endpoint-config') continue;
    const { Tags = [] } = await sagemaker.listTags({ ResourceArn: arn }, { abortSignal: signal });
    const endpoint = Tags.find(({ Key }) => Key === endpointTag)?.Value;
    if (endpoint === undefined || going.has(endpoint)) continue;
    if (!asked.has(endpoint)) asked.set(endpoint, describeRaw(account, endpoint, signal));
    const found = await asked.get(endpoint);
    const serving = [found?.EndpointConfigName, found?.PendingDeploymentSummary?.EndpointConfigName];
    if (found?.EndpointStatus === 'Deleting' || !serving.includes(name)) continue;
    kept.add(`endpoint-config ${name}`);
    const config = await sagemaker.describeEndpointConfig({ EndpointConfigName: name }, { abortSignal: signal });
    for (const { ModelName } of config.ProductionVariants ?? []) kept.add(`model ${ModelName}`);
  }
  return kept;
}
