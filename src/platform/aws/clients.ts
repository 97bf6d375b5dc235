import type { MiddlewareStack } from '@smithy/types';
import { explain } from './explain.js';
import { limiter } from './limit.js';
import type { Service } from './permissions.js';
import type { AwsSettings } from './settings.js';

/** Calls at a time, so that describing a hundred things does not run into the service's own limit. */
const callsAtATime = 8;

export type Clients = ReturnType<typeof makeClients>;

/**
 * The services' clients for one environment. Each is loaded and made on first use and kept as long as its environment:
 * another profile, region or endpoint is another environment with clients of its own. Credentials come from the SDK's default chain.
 * Every failure reads as one plain line (`explain`); throttled calls are repeated at the pace that the service allows.
 */
export function makeClients(settings: AwsSettings) {
  // Seven lines on stderr about the Node version would bury what a command has to say; `engines` names the one we need.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const limit = limiter(callsAtATime);
  const { region, profile, endpointUrl: endpoint } = settings;
  const config = {
    region,
    profile,
    endpoint,
    retryMode: 'adaptive',
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  };
  /** Goes around a client's calls, repeats included. */
  const prepare = <Input extends object, Output extends object, Client extends Stacked<Input, Output>>(
    service: Service,
    client: Client & Stacked<Input, Output>,
  ): Client => {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        try {
          return await limit(() => next(args));
        } catch (error) {
          throw explain(error, { service, operation, input: args.input }, settings);
        }
      },
      { step: 'initialize', priority: 'high' },
    );
    return client;
  };
  return {
    s3: once(async () => {
      const { S3 } = await (await sdk()).s3();
      // Servers other than AWS know buckets by path, not by host name.
      return prepare('s3', new S3({ ...config, followRegionRedirects: true, forcePathStyle: endpoint !== undefined }));
    }),
    sagemaker: once(async () => {
      const { SageMaker } = await (await sdk()).sagemaker();
      return prepare('sagemaker', new SageMaker(config));
    }),
    runtime: once(async () => {
      const { SageMakerRuntime } = await (await sdk()).runtime();
      return prepare('runtime', new SageMakerRuntime(config));
    }),
    cloudwatch: once(async () => {
      const { CloudWatch } = await (await sdk()).cloudwatch();
      return prepare('cloudwatch', new CloudWatch(config));
    }),
    logs: once(async () => {
      const { CloudWatchLogs } = await (await sdk()).logs();
      return prepare('logs', new CloudWatchLogs(config));
    }),
    sts: once(async () => {
      const { STS } = await (await sdk()).sts();
      return prepare('sts', new STS(config));
    }),
  };
}

const sdk = () => import('./sdk.js');

interface Stacked<Input extends object, Output extends object> {
  middlewareStack: MiddlewareStack<Input, Output>;
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}
