import type { DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import { BrokenError } from '../../../common/errors.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import { isMissing } from '../account/explain.js';
import type { Account } from '../account/place.js';
import { until } from '../account/wait.js';

const underWay = ['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting'];

export async function describeRaw(
  { clients }: Account,
  name: string,
  signal?: AbortSignal,
): Promise<DescribeEndpointOutput | undefined> {
  const sagemaker = await clients.sagemaker();
  try {
    return await sagemaker.describeEndpoint({ EndpointName: name }, { abortSignal: signal });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Waits until nothing is under way; null when there is no such endpoint (any more). */
export function untilSettled(
  account: Account,
  name: string,
  signal?: AbortSignal,
): Promise<DescribeEndpointOutput | null> {
  return until(
    async () => {
      const found = await describeRaw(account, name, signal);
      if (found === undefined) return null;
      return underWay.includes(found.EndpointStatus ?? '') ? undefined : found;
    },
    { signal },
  );
}

/**
 * Waits for an update and tells success from a rollback: after either the status is InService, so what counts is the
 * configuration that serves, and the traffic that each variant gets.
 * @throws BrokenError when it was taken back, failed, or vanished
 */
export async function untilServing(
  account: Account,
  config: EndpointConfig,
  configName: string,
  signal?: AbortSignal,
): Promise<void> {
  const { name } = config;
  const found = await untilSettled(account, name, signal);
  if (found === null) throw new BrokenError(`endpoint ${name} was removed meanwhile`);
  const { EndpointStatus: status, EndpointConfigName: serving, FailureReason: reason } = found;
  const why = reason === undefined ? '' : `: ${reason}`;
  if (status !== 'InService') throw new BrokenError(`endpoint ${name} is ${status}${why}`);
  if (serving !== configName)
    throw new BrokenError(`endpoint ${name} was rolled back: it serves ${serving}, not ${configName}${why}`);
  const [asked, gets] = [sharesAsked(config), sharesOf(found)];
  if (asked !== gets) throw new BrokenError(`endpoint ${name} serves ${gets}, not ${asked}${why}`);
}

function sharesAsked({ variants }: EndpointConfig): string {
  return shares(variants.map(({ name, weight }) => [name, weight]));
}

function sharesOf({ ProductionVariants = [] }: DescribeEndpointOutput): string {
  return shares(ProductionVariants.map(({ VariantName = '', CurrentWeight = 1 }) => [VariantName, CurrentWeight]));
}

function shares(weights: [name: string, weight: number][]): string {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const sorted = weights.sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, weight]) => `${name} ${((100 * weight) / total).toFixed(1)} %`).join(', ');
}
