import type { DescribeEndpointConfigOutput, DescribeModelOutput } from '@aws-sdk/client-sagemaker';
import { InputError } from '../../common/errors.js';
import type { EndpointReader, InvokeAnswer } from '../ports.js';
import { endpointInfoOf, statusOf } from './endpoint-info.js';
import { endpointLogs } from './endpoint-logs.js';
import { isMissing } from './explain.js';
import type { Account } from './place.js';

const pageSize = 100;

/** SageMaker's real-time endpoints. */
export function endpointReader(account: Account): EndpointReader {
  const { clients } = account;
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
      return { items, next: found.NextToken };
    },
    async describe(name, { signal } = {}) {
      const sagemaker = await clients.sagemaker();
      try {
        const endpoint = await sagemaker.describeEndpoint({ EndpointName: name }, { abortSignal: signal });
        const pendingName = endpoint.PendingDeploymentSummary?.EndpointConfigName;
        const [current, pending] = await Promise.all([
          configOf(account, endpoint.EndpointConfigName, signal),
          pendingName === undefined ? undefined : configOf(account, pendingName, signal),
        ]);
        const models = await modelsOf(account, [current, pending], signal);
        return endpointInfoOf({ endpoint, current, pending, models }, urlOf(account, name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
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
