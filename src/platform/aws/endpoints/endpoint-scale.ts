import type { DescribeEndpointOutput, ProductionVariantSummary } from '@aws-sdk/client-sagemaker';
import { BrokenError, InputError } from '../../../common/errors.js';
import type { FleetWriter, Scaled } from '../../ports/fleet.js';
import { describeRaw, untilSettled } from './endpoint-wait.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';

/** Machines of real-time endpoints, changed in place: no new configuration, and traffic goes on. */
export function fleetWriter(account: Account): FleetWriter {
  return {
    async scale(name, { instances, variant }, { signal } = {}) {
      const there = await describeRaw(account, name, signal);
      if (there === undefined) throw new InputError(`there is no endpoint ${name}; a stopped one is started first`);
      await mustBeOurs(account, { kind: 'endpoint', name }, { signal });
      if (there.EndpointStatus !== 'InService')
        throw new InputError(`endpoint ${name} is ${there.EndpointStatus}, and only one in service can be scaled`);
      const chosen = variantsOf(there, name, variant);
      const wanted = Object.fromEntries(chosen.map(({ VariantName = '' }) => [VariantName, instances]));
      await setInstances(account, name, wanted, signal);
      return chosen.map(({ VariantName = '', CurrentInstanceCount = 0 }): Scaled => ({
        ...{ variant: VariantName, from: CurrentInstanceCount, to: instances },
      }));
    },
  };
}

/** How many machines each variant was asked to have. */
export function instancesOf({ ProductionVariants = [] }: DescribeEndpointOutput): Record<string, number> {
  const counted = ProductionVariants.flatMap(({ VariantName, DesiredInstanceCount }) =>
    VariantName === undefined || DesiredInstanceCount === undefined ? [] : [[VariantName, DesiredInstanceCount]],
  );
  return Object.fromEntries(counted) as Record<string, number>;
}

/**
 * Asks for so many machines of each variant, and waits until they are there; those that have them are left alone.
 * @throws BrokenError when they did not come
 */
export async function setInstances(
  account: Account,
  name: string,
  wanted: Readonly<Record<string, number>>,
  signal?: AbortSignal,
): Promise<void> {
  // SageMaker takes one change at a time, and another one may be under way.
  const there = await untilSettled(account, name, signal);
  const has = there === null ? {} : instancesOf(there);
  const changed = Object.entries(wanted).filter(([variant, count]) => has[variant] !== count);
  if (changed.length === 0) return;
  const sagemaker = await account.clients.sagemaker();
  const DesiredWeightsAndCapacities = changed.map(([VariantName, DesiredInstanceCount]) => ({
    ...{ VariantName, DesiredInstanceCount },
  }));
  const request = { EndpointName: name, DesiredWeightsAndCapacities };
  await sagemaker.updateEndpointWeightsAndCapacities(request, { abortSignal: signal });
  const after = await untilSettled(account, name, signal);
  for (const [variant, count] of changed) {
    const found = after?.ProductionVariants?.find(({ VariantName }) => VariantName === variant)?.CurrentInstanceCount;
    if (found === count) continue;
    const why = after?.FailureReason === undefined ? '' : `: ${after.FailureReason}`;
    throw new BrokenError(
      `endpoint ${name}: variant ${variant} has ${found ?? 'no'} machines and was asked to have ${count}${why}`,
    );
  }
}

/** @throws InputError naming what is there, for a variant that is not, or one without machines */
function variantsOf(
  { ProductionVariants = [] }: DescribeEndpointOutput,
  name: string,
  variant: string | undefined,
): ProductionVariantSummary[] {
  const chosen = ProductionVariants.filter(({ VariantName }) => variant === undefined || VariantName === variant);
  if (chosen.length === 0) {
    const names = ProductionVariants.map(({ VariantName }) => VariantName).join(', ');
    throw new InputError(`endpoint ${name}: found no variant ${variant}, expected one of ${names}`);
  }
  const without = chosen.find(({ CurrentInstanceCount }) => CurrentInstanceCount === undefined);
  if (without !== undefined)
    throw new InputError(`endpoint ${name}: variant ${without.VariantName} has no machines of its own to count`);
  return chosen;
}
