import type { CreateEndpointConfigInput, DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import { BrokenError, InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import { checkEndpoint } from '../../shared/endpoint-check.js';
import type { CallOptions } from '../../ports/calls.js';
import type { EndpointConfig, EndpointInfo, EndpointWriter, Rollout } from '../../ports/endpoints.js';
import { removeConfigs } from './endpoint-cleanup.js';
import { configRequest, differsInWeightsOnly } from './endpoint-config.js';
import { ensureModels } from './endpoint-models.js';
import { instancesOf, setInstances } from './endpoint-scale.js';
import { isSameConfig, readEndpointState, writeEndpointState } from './endpoint-state.js';
import { endpointReader } from './endpoints.js';
import { armBrake, deploymentOf, pullBrake, removeBrake } from './rollout.js';
import { describeRaw, untilServing, untilSettled } from './endpoint-wait.js';
import { isMissing } from '../account/explain.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { S3Reader } from '../storage/objects.js';
import type { S3Writer } from '../storage/object-writer.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

/**
 * SageMaker's endpoints. An update is blue-green: a new configuration beside the one in use, which stays for going back.
 * Stopping deletes the endpoint, which is what costs, and keeps its configuration; starting makes it again.
 */
export function endpointWriter(account: Account, read: S3Reader, objects: S3Writer): EndpointWriter {
  const { settings } = account;
  const reader = endpointReader(account, read);
  const stateOf = (name: string, options?: CallOptions) => readEndpointState(settings, read, name, options);

  const mustDescribe = async (name: string, options: CallOptions): Promise<EndpointInfo> => {
    const info = await reader.describe(name, options);
    if (info !== undefined) return info;
    throw new BrokenError(`endpoint ${name} was removed meanwhile`);
  };

  return {
    async deploy(config, { signal, rollout } = {}) {
      checkEndpoint(config);
      const { name } = config;
      await mustBeOurs(account, { kind: 'endpoint', name }, { signal });
      // Read before anything changes: a state that cannot be read must not be written over afterwards.
      const state = await stateOf(name, { signal });
      const before = await reader.describe(name, { signal });
      const models = await ensureModels(account, config, signal);
      const there = (await untilSettled(account, name, signal)) ?? undefined;
      const wanted = configRequest(account, config, models, new Date(), there);
      // Written first: after a roll-back nothing else would say what was asked for.
      if (state !== undefined && there !== undefined)
        await writeEndpointState(objects, name, { ...state, asked: wanted.EndpointConfigName });
      const configName = await apply(account, { config, wanted, there, rollout }, signal);
      try {
        await untilServing(account, config, configName, signal);
      } finally {
        // Whoever gave up waiting may want it stopped, and needs the brake for that.
        if (rollout !== undefined && signal?.aborted !== true) await removeBrake(account, name, signal);
      }
      const replaced = before && !isSameConfig(before.config, config) ? before.config : state?.previous;
      const createdAt = there?.CreationTime?.toISOString() ?? new Date().toISOString();
      await writeEndpointState(objects, name, { configName, createdAt, config, previous: replaced });
      return mustDescribe(name, { signal });
    },
    async start(name, { signal } = {}) {
      await mustBeOurs(account, { kind: 'endpoint', name }, { signal });
      const state = await stateOf(name, { signal });
      if ((await describeRaw(account, name, signal)) === undefined) {
        if (state === undefined) throw new InputError(`there is no endpoint ${name} to start: deploy one`);
        await create(account, name, state.configName, signal);
        const there = await untilSettled(account, name, signal);
        if (there?.EndpointStatus === 'InService') {
          // Traffic may have been shifted, and machines added, since its configuration was made.
          await shiftWeights(account, state.config, there, signal);
          await setInstances(account, name, state.instances ?? {}, signal);
        }
        await untilServing(account, state.config, state.configName, signal);
      }
      if (state !== undefined) await writeEndpointState(objects, name, { ...state, stoppedAt: undefined });
      return mustDescribe(name, { signal });
    },
    // SageMaker writes capture and metrics in its own time.
    flush: () => Promise.resolve(),
    async halt(name, { signal } = {}) {
      const there = await describeRaw(account, name, signal);
      if (there?.EndpointStatus !== 'Updating') return;
      await mustBeOurs(account, { kind: 'endpoint', name }, { signal });
      await pullBrake(account, name, signal);
      await untilSettled(account, name, signal);
      await removeBrake(account, name, signal);
    },
    async stop(name, { signal } = {}) {
      await mustBeOurs(account, { kind: 'endpoint', name }, { ends: true, signal });
      const there = await untilSettled(account, name, signal);
      if (there === null) {
        if ((await stateOf(name, { signal }))?.stoppedAt !== undefined) return;
        throw new InputError(`there is no endpoint ${name} to stop`);
      }
      const { config, previous, createdAt } = await mustDescribe(name, { signal });
      // Written first: an endpoint that is gone without a word about it could not be started again.
      const stoppedAt = new Date().toISOString();
      const configName = there.EndpointConfigName ?? '';
      const instances = instancesOf(there);
      await writeEndpointState(objects, name, { configName, createdAt, config, previous, stoppedAt, instances });
      await removeEndpoint(account, name, signal);
    },
    async remove(name, { signal } = {}) {
      await mustBeOurs(account, { kind: 'endpoint', name }, { ends: true, signal });
      await untilSettled(account, name, signal);
      await removeEndpoint(account, name, signal);
      await removeConfigs(account, name, signal);
      await objects.remove(keys.endpointState(name), { signal });
    },
  };
}

interface Change {
  config: EndpointConfig;
  wanted: CreateEndpointConfigInput;
  there: DescribeEndpointOutput | undefined;
  rollout?: Rollout;
}

/** Asks for the change, the smallest that there is; answers the configuration that will serve. */
async function apply(account: Account, change: Change, signal?: AbortSignal): Promise<string> {
  const { config, wanted, rollout } = change;
  const { name: EndpointName } = config;
  const sagemaker = await account.clients.sagemaker();
  let { there } = change;
  if (there?.EndpointStatus === 'Failed') {
    // It never served and never will; only a new one can take its name.
    await removeEndpoint(account, EndpointName, signal);
    there = undefined;
  }
  if (there?.EndpointConfigName !== undefined) {
    const inUse = await sagemaker
      .describeEndpointConfig({ EndpointConfigName: there.EndpointConfigName }, { abortSignal: signal })
      .catch((error: unknown) => {
        if (!isMissing(error)) throw error;
        return undefined;
      });
    // After an update and its rollback failed, machines of both serve: only a whole new update ends that.
    const isWhole = there.EndpointStatus === 'InService';
    if (isWhole && inUse !== undefined && differsInWeightsOnly(wanted, inUse)) {
      await shiftWeights(account, config, there, signal);
      return there.EndpointConfigName;
    }
  }
  await sagemaker.createEndpointConfig(wanted, { abortSignal: signal });
  const EndpointConfigName = wanted.EndpointConfigName!;
  if (there === undefined) await create(account, EndpointName, EndpointConfigName, signal);
  else {
    const watched = rollout && {
      ...rollout,
      alarms: [...rollout.alarms, await armBrake(account, EndpointName, signal)],
    };
    // Guardrails of an earlier update are never retained: the alarm that took a version back would take going back, too.
    const DeploymentConfig = watched && deploymentOf(watched);
    const request = { EndpointName, EndpointConfigName, DeploymentConfig, RetainDeploymentConfig: false };
    await sagemaker.updateEndpoint({ ...request, ...keptMachines }, { abortSignal: signal });
  }
  return EndpointConfigName;
}

/** What auto-scaling made of the number of machines stays; weights and capture are as asked. */
const keptMachines = {
  RetainAllVariantProperties: true,
  ExcludeRetainedVariantProperties: [
    { VariantPropertyType: 'DesiredWeight' as const },
    { VariantPropertyType: 'DataCaptureConfig' as const },
  ],
};

async function create(account: Account, name: string, configName: string, signal?: AbortSignal): Promise<void> {
  const sagemaker = await account.clients.sagemaker();
  const request = { EndpointName: name, EndpointConfigName: configName, Tags: tagsOf(account) };
  await sagemaker.createEndpoint(request, { abortSignal: signal });
}

async function shiftWeights(
  account: Account,
  { name, variants }: EndpointConfig,
  there: DescribeEndpointOutput,
  signal?: AbortSignal,
): Promise<void> {
  const current = new Map(
    there.ProductionVariants?.map(({ VariantName, CurrentWeight }) => [VariantName, CurrentWeight]),
  );
  if (variants.every((variant) => current.get(variant.name) === variant.weight)) return;
  const DesiredWeightsAndCapacities = variants.map((variant) => ({
    VariantName: variant.name,
    DesiredWeight: variant.weight,
  }));
  const sagemaker = await account.clients.sagemaker();
  const request = { EndpointName: name, DesiredWeightsAndCapacities };
  await sagemaker.updateEndpointWeightsAndCapacities(request, { abortSignal: signal });
}

async function removeEndpoint(account: Account, name: string, signal?: AbortSignal): Promise<void> {
  const sagemaker = await account.clients.sagemaker();
  try {
    await sagemaker.deleteEndpoint({ EndpointName: name }, { abortSignal: signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await untilSettled(account, name, signal);
}
