import { endpointsOf } from '../../../project/endpoints.js';
import type { DescribeEndpointConfigOutput, DescribeModelOutput } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import type { CallOptions } from '../../ports/calls.js';
import type { EndpointInfo, EndpointReader, InvokeAnswer, Variant } from '../../ports/endpoints.js';
import { everyItem } from '../../ports/pages.js';
import { endpointInfoOf, statusOf } from './endpoint-info.js';
import { mayBeLeftOut, readEndpointState, type EndpointState } from './endpoint-state.js';
import { endpointLogs } from './endpoint-logs.js';
import { isMissing } from '../account/explain.js';
import type { S3Reader } from '../storage/objects.js';
import type { Account } from '../account/place.js';
import type { AwsSettings } from '../account/settings.js';

const pageSize = 100;

/** SageMaker's real-time endpoints. */
export function endpointReader(account: Account, objects: S3Reader): EndpointReader {
  const { clients, settings } = account;
  return {
    async list({ token, limit = pageSize, signal } = {}) {
      const sagemaker = await clients.sagemaker();
      const request = { NextToken: token, MaxResults: Math.min(limit, pageSize), SortBy: 'Name' } as const;
      const found = await sagemaker.listEndpoints({ ...request, SortOrder: 'Ascending' }, { abortSignal: signal });
      const deployed = await deployedHere(objects, settings, { signal });
      const listed = (found.Endpoints ?? []).map(({ EndpointName: name = '', EndpointStatus }) => ({
        name,
        status: statusOf(EndpointStatus),
        url: urlOf(account, name),
        ours: isOurs(account, name, deployed),
      }));
      if (found.NextToken !== undefined) return { items: listed, next: found.NextToken };
      const names = new Set(listed.map(({ name }) => name));
      const stopped = await stoppedAmong(
        account,
        objects,
        deployed.filter((name) => !names.has(name)),
        { signal },
      );
      return { items: [...listed, ...stopped.map((name) => ({ name, status: 'Stopped' as const, ours: true }))] };
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
        const ours = isOurs(account, name, state === undefined ? [] : [name]);
        return { ...withState(info, state, pendingName ?? endpoint.EndpointConfigName), ours };
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Only what was to be read could tell one that is stopped from one that never was.
        if ('error' in known) throw known.error;
        return state?.stoppedAt === undefined ? undefined : stoppedInfo(name, state);
      }
    },
    async invoke(name, { body, contentType, accept, variant, inferenceId, customAttributes }, { signal } = {}) {
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
            CustomAttributes: customAttributes,
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

type Described = Omit<EndpointInfo, 'ours'>;

/** What SageMaker does not keep: the configuration before this one, whether the version was ever proven, what was asked for. */
function withState(info: Described, state: EndpointState | undefined, configName: string | undefined): Described {
  if (state === undefined) return info;
  const { previous, config } = state;
  const drift = driftFrom(state, info, configName);
  if (state.configName !== configName) return { ...info, drift };
  return { ...info, drift, previous, config: { ...info.config, group: config.group, notProven: config.notProven } };
}

/** What was written down when it was asked for, against what serves: also after a roll-back, or somebody else's update. */
function driftFrom(
  { asked, configName: ours, config }: EndpointState,
  { drift, reason, status, serving = [] }: Described,
  serves: string | undefined,
): string | undefined {
  if (status === 'Updating' || serves === undefined) return drift;
  const why = reason === undefined ? '' : ` (${reason})`;
  if (asked !== undefined && asked !== serves)
    return `serves configuration ${serves}, asked for ${asked}: the update was not finished or was taken back${why}`;
  if (asked === undefined && ours !== serves)
    return `serves configuration ${serves}, asked for ${ours}: somebody else changed it${why}`;
  const [gets, wanted] = [sharesText(serving), sharesText(config.variants)];
  if (drift === undefined && serving.length > 0 && gets !== wanted)
    return `serves ${gets}, asked for ${wanted}: somebody else shifted the traffic`;
  return drift;
}

function sharesText(variants: readonly Variant[]): string {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants.map(({ name, weight }) => `${name} ${Math.round((100 * weight) / (total || 1))} %`).join(', ');
}

function stoppedInfo(
  name: string,
  { config, previous, createdAt, stoppedAt, configName }: EndpointState,
): EndpointInfo {
  const reason = `stopped at ${stoppedAt}`;
  return { name, status: 'Stopped', createdAt, config, previous, configName, reason, ours: true };
}

/** The one of mlops.json, or one that was deployed from here: that left a note in the bucket. */
function isOurs({ project }: Account, name: string, deployed: readonly string[]): boolean {
  const own = (project.file.endpoint as { name: string } | undefined) === undefined ? [] : endpointsOf(project.file);
  return own.some((one) => one.name === name) || deployed.includes(name);
}

/** Names of the endpoints that were deployed from here. None when the bucket is not known or may not be read. */
async function deployedHere(objects: S3Reader, { bucket }: AwsSettings, options: CallOptions): Promise<string[]> {
  if (bucket === undefined) return [];
  const names: string[] = [];
  try {
    for await (const { key } of everyItem((page) => objects.list(keys.endpointStates, { ...page, ...options })))
      names.push(key.slice(keys.endpointStates.length, -'.json'.length));
  } catch (error) {
    if (!mayBeLeftOut(error)) throw error;
  }
  return names;
}

/** Those that SageMaker knows no more, and we could start again. */
async function stoppedAmong(account: Account, objects: S3Reader, names: readonly string[], options: CallOptions) {
  const states = await Promise.all(names.map((name) => readEndpointState(account.settings, objects, name, options)));
  return names.filter((_, index) => states[index]?.stoppedAt !== undefined);
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
