import type { MiddlewareStack } from '@smithy/types';
import { changesSomething } from './changes.js';
import type { Credentials } from './credentials.js';
import { explain, hasExpired, type Call } from './explain.js';
import { limiter } from './limit.js';
import type { Service } from './permissions.js';
import type { AwsSettings } from './settings.js';

/** Calls at a time, so that describing a hundred things does not run into the service's own limit. */
const callsAtATime = 8;

export type Clients = ReturnType<typeof makeClients>;

/** Stands at the door of every call that can change something, from wherever it is made. */
export interface Gatekeeper {
  /** @throws RefusedError when it must not leave */
  before(call: Call): Promise<void>;
  /** Never throws: what was done was done. */
  after(call: Call, answer: { requestId?: string; error?: unknown }): Promise<void>;
}

/**
 * The services' clients for one environment. Each is loaded and made on first use and kept as long as its environment:
 * another profile, region or endpoint is another environment with clients of its own.
 * Every failure reads as one plain line (`explain`); what may pass (throttling, outages, cut connections) is
 * asked again with growing pauses, few calls at a time.
 */
export function makeClients(settings: AwsSettings, credentials: Credentials, gatekeeper: Gatekeeper) {
  // Seven lines on stderr about the Node version would bury what a command has to say; `engines` names the one we need.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const limit = limiter(callsAtATime);
  const { region, profile, endpointUrl: endpoint } = settings;
  const config = once(async () => {
    const { requestHandler } = await (await sdk()).proxy();
    const handler = requestHandler({ connectionTimeout: 5_000, socketTimeout: 60_000 });
    return { region, profile, endpoint, credentials, retryMode: 'standard', maxAttempts: 6, requestHandler: handler };
  });
  /** Goes around a client's calls, repeats included. */
  const prepare = <Input extends object, Output extends object, Client extends Stacked<Input, Output>>(
    service: Service,
    client: Client & Stacked<Input, Output>,
  ): Client => {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        const call: Call = { service, operation, input: args.input };
        const attempt = () => limit(() => next(args));
        try {
          if (!changesSomething(operation)) return await renewing(credentials, attempt);
          await gatekeeper.before(call);
          return await recorded(call, () => renewing(credentials, attempt));
        } catch (error) {
          throw explain(error, call, settings, credentials.source());
        }
      },
      { step: 'initialize', priority: 'high' },
    );
    return client;
  };
  const recorded = async <Result extends { output: object }>(call: Call, work: () => Promise<Result>) => {
    const answer = await work().catch(async (error: unknown) => {
      await gatekeeper.after(call, { requestId: requestIdOf(error as object), error });
      throw error;
    });
    await gatekeeper.after(call, { requestId: requestIdOf(answer.output) });
    return answer;
  };
  return {
    s3: once(async () => {
      const { S3 } = await (await sdk()).s3();
      // Servers other than AWS know buckets by path, not by host name; access points are hosts anywhere.
      const isPoint = settings.bucket?.startsWith('arn:') ?? false;
      const forcePathStyle = endpoint !== undefined && !isPoint;
      const client = new S3({ ...(await config()), followRegionRedirects: true, useArnRegion: true, forcePathStyle });
      if (settings.requesterPays) {
        // Every call says so: a bucket whose owner pays does not mind.
        const paying = { step: 'build', name: 'requesterPays' } as const;
        client.middlewareStack.add((next) => (args) => next({ ...args, request: payingRequest(args.request) }), paying);
      }
      return prepare('s3', client);
    }),
    sagemaker: once(async () => {
      const { SageMaker } = await (await sdk()).sagemaker();
      return prepare('sagemaker', new SageMaker(await config()));
    }),
    runtime: once(async () => {
      const { SageMakerRuntime } = await (await sdk()).runtime();
      return prepare('runtime', new SageMakerRuntime(await config()));
    }),
    cloudwatch: once(async () => {
      const { CloudWatch } = await (await sdk()).cloudwatch();
      return prepare('cloudwatch', new CloudWatch(await config()));
    }),
    logs: once(async () => {
      const { CloudWatchLogs } = await (await sdk()).logs();
      return prepare('logs', new CloudWatchLogs(await config()));
    }),
    athena: once(async () => {
      const { Athena } = await (await sdk()).athena();
      return prepare('athena', new Athena(await config()));
    }),
    sts: once(async () => {
      const { STS } = await (await sdk()).sts();
      return prepare('sts', new STS(await config()));
    }),
    tagging: once(async () => {
      const { ResourceGroupsTaggingAPI } = await (await sdk()).tagging();
      return prepare('tagging', new ResourceGroupsTaggingAPI(await config()));
    }),
    iam: once(async () => {
      const { IAM } = await (await sdk()).iam();
      return prepare('iam', new IAM(await config()));
    }),
  };
}

/** Credentials that expired under way are looked up once more: another sign-in may have renewed them meanwhile. */
async function renewing<Result>(credentials: Credentials, attempt: () => Promise<Result>): Promise<Result> {
  const before = await credentials().catch(() => undefined);
  try {
    return await attempt();
  } catch (error) {
    if (!hasExpired(error)) throw error;
    credentials.forget();
    const after = await credentials().catch(() => undefined);
    if (after === undefined || after.sessionToken === before?.sessionToken) throw error;
    return attempt();
  }
}

function requestIdOf(answer: object): string | undefined {
  const { $metadata } = answer as { $metadata?: { requestId?: string; extendedRequestId?: string } };
  return $metadata?.requestId ?? $metadata?.extendedRequestId;
}

function payingRequest(request: unknown): unknown {
  (request as { headers: Record<string, string> }).headers['x-amz-request-payer'] = 'requester';
  return request;
}

const sdk = () => import('./sdk.js');

interface Stacked<Input extends object, Output extends object> {
  middlewareStack: MiddlewareStack<Input, Output>;
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}
