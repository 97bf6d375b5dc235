import type { DescribeEndpointConfigOutput, DescribeModelOutput } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import { everyItem, type CallOptions, type EndpointInfo, type EndpointReader, type InvokeAnswer } from '../ports.js';
import { endpointInfoOf, statusOf } from './endpoint-info.js';
import { mayBeLeftOut, readEndpointState, type EndpointState } from './endpoint-state.js';
import { endpointLogs } from './endpoint-logs.js';
import { isMissing } from './explain.js';
import type { S3Reader } from './objects.js';
import type { Account } from './place.js';

const pageSize = 100;

/** SageMaker's real-time endpoints. */
export function endpointReader(account: Account, objects: S3Reader): EndpointReader {
  const { clients, settings } = account;
  return {
    async list({ token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = { NextToken: token, MaxResults: Math.min(limit, pageSize), SortBy: 'Name' } as const;
      const found = await sagemaker.listEndpoints({ ...request, SortOrder: 'Ascending' }, { abortSignal: signal });
      const items = (found.Endpoints ?? []).map(({ EndpointName: name = '', EndpointStatus }) => ({
        name,
        status: statusOf(EndpointStatus),
        url: urlOf(account, name),
      }));
      if (found.NextToken !== undefined) return { items, next: found.NextToken };
      const listed = new Set(items.map(({ name }) => name));
      const stopped = (await stoppedEndpoints(account, objects, { signal })).filter((name) => !listed.has(name));
      return { items: [...items, ...stopped.map((name) => ({ name, status: 'Stopped' as const, url: undefined }))] };
    },
    async describe(name, { signal } = {}) {
      const known = await readEndpointState(settings, objects, name, { signal }).then(
        (state) => ({ state }),
        (error: unknown) => {
          if (!mayBeLeftOut(error)) throw error;
          return { state: undefined, error: error as Error };
        },
      );
      const { state } = known;
      const sagemaker = await clients.sagemaker();
      try {
        const endpoint = await sagemaker.describeEndpoint({ EndpointName: name }, { abortSignal: signal });
        const pendingName = endpoint.PendingDeploymentSummary?.EndpointConfigName;
        const [current, pending] = await Promise.all([
          configOf(account, endpoint.EndpointConfigName, signal),
          pendingName === undefined ? undefined : configOf(account, pendingName, signal),
        ]);
        const models = await modelsOf(account, [current, pending], signal);
        const info = endpointInfoOf({ endpoint, current, pending, models }, urlOf(account, name));
        return withState(info, state, pendingName ?? endpoint.EndpointConfigName);
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Only what was to be read could tell one that is stopped from one that never was.
        if ('error' in known) throw known.error;
        return state?.stoppedAt === undefined ? undefined : stoppedInfo(name, state);
      }
    },
    async invoke(name, { body, contentType, accept, variant, inferenceId }, { signal } = {}) {
      const runtime = await clients.runtime();
      try {
        const answer = await runtime.invokeEndpoint(
          {
            EndpointName: name,
            Body: typeof body === 'string' ? Buffer.from(body) : body,
            ContentType: contentType,
            Accept: accept,
            TargetVariant: variant,
            InferenceId: inferenceId,
          },
          { abortSignal: signal },
        );
        const { Body = new Uint8Array(), ContentType = '', InvokedProductionVariant } = answer;
        return { status: 200, contentType: ContentType, body: Body, variant: InvokedProductionVariant };
      } catch (error) {
        const refusal = modelAnswer((error as Error).cause);
        if (refusal) return refusal;
        if (isMissing(error)) throw new InputError(`there is no endpoint ${name}`, { cause: error });
        throw error;
      }
    },
    logs: (name, options) => endpointLogs(account, name, options),
  };
}

/** What SageMaker does not keep: the configuration before this one, and whether the version was ever proven. */
function withState(info: EndpointInfo, state: EndpointState | undefined, configName: string | undefined): EndpointInfo {
  if (state === undefined || state.configName !== configName) return info;
  const { previous, config } = state;
  return { ...info, previous, config: { ...info.config, group: config.group, notProven: config.notProven } };
}

function stoppedInfo(name: string, { config, previous, createdAt, stoppedAt }: EndpointState): EndpointInfo {
  return { name, status: 'Stopped', createdAt, config, previous, reason: `stopped at ${stoppedAt}` };
}

/** Those that SageMaker knows no more, and we could start again. None when the bucket may not be read. */
async function stoppedEndpoints(account: Account, objects: S3Reader, options: CallOptions): Promise<string[]> {
  if (account.settings.bucket === undefined) return [];
  const names: string[] = [];
  try {
    for await (const { key } of everyItem((page) => objects.list(keys.endpointStates, { ...page, ...options }))) {
      const name = key.slice(keys.endpointStates.length, -'.json'.length);
      const state = await readEndpointState(account.settings, objects, name, options);
      if (state?.stoppedAt !== undefined) names.push(name);
    }
  } catch (error) {
    if (!mayBeLeftOut(error)) throw error;
  }
  return names;
}

/** The model's own refusal is an answer, which SageMaker hands on inside an error of its own. */
function modelAnswer(error: unknown): InvokeAnswer | undefined {
  const { name, OriginalStatusCode, OriginalMessage } = error as {
    name?: string;
    OriginalStatusCode?: number;
    OriginalMessage?: string;
  };
  if (name !== 'ModelError' || OriginalStatusCode === undefined) return undefined;
  return { status: OriginalStatusCode, contentType: 'text/plain', body: Buffer.from(OriginalMessage ?? '') };
}

/** A configuration that was deleted under its endpoint leaves what the endpoint says of itself. */
async function configOf(
  { clients }: Account,
  name: string | undefined,
  signal: AbortSignal | undefined,
): Promise<DescribeEndpointConfigOutput> {
  const sagemaker = await clients.sagemaker();
  try {
    return await sagemaker.describeEndpointConfig({ EndpointConfigName: name }, { abortSignal: signal });
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { EndpointConfigName: name, EndpointConfigArn: undefined, ProductionVariants: [], CreationTime: undefined };
  }
}

async function modelsOf(
  { clients }: Account,
  configs: (DescribeEndpointConfigOutput | undefined)[],
  signal: AbortSignal | undefined,
): Promise<Map<string, DescribeModelOutput>> {
  const sagemaker = await clients.sagemaker();
  const variants = configs.flatMap((config) => config?.ProductionVariants ?? []);
  const names = [...new Set(variants.map(({ ModelName }) => ModelName).filter((name) => name !== undefined))];
  const models = new Map<string, DescribeModelOutput>();
  await Promise.all(
    names.map(async (name) => {
      try {
        models.set(name, await sagemaker.describeModel({ ModelName: name }, { abortSignal: signal }));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }),
  );
  return models;
}

/** Where requests go, signed: the runtime's host of the region and its partition. */
function urlOf({ settings }: Account, name: string): string | undefined {
  const { region, endpointUrl } = settings;
  const path = `/endpoints/${name}/invocations`;
  if (endpointUrl !== undefined) return `${endpointUrl.replace(/\/$/, '')}${path}`;
  if (region === undefined) return undefined;
  return `https://runtime.sagemaker.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}${path}`;
}
