import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { platformStore } from './containers.js';
import { startAwsDouble, type AwsDouble } from './double.js';
import { hostingDouble } from './hosting.js';
import { jobsDouble, type Jobs } from './jobs.js';
import type { Answer } from './own/part.js';
import { pipelinesDouble, type Definition } from './pipelines.js';
import { tagsDouble } from './tags.js';
import { isMutating, jsonBody, operationOf, type AwsRequest } from './request.js';

export interface AccountDouble {
  url: string;
  double: AwsDouble;
  /** Every request of its users since the last `forget`, in order; the platform's own are not among them. */
  calls: AwsDouble['calls'];
  forget(): void;
  jobs: Jobs;
  pipelines: ReturnType<typeof pipelinesDouble>;
  stop(): Promise<void>;
}

/** An account in which things happen: before the AWS double stands a platform that runs jobs, pipelines and endpoints. */
export async function startAccount(python: string): Promise<AccountDouble> {
  const double = await startAwsDouble(python);
  const store = platformStore(double.url);
  const jobs = jobsDouble(store);
  const hosting = hostingDouble(double.url, store);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sagemaker = new SageMaker({ endpoint: double.url, region: 'us-east-1', credentials });
  const definitionOf = async (PipelineName: string) => {
    const { PipelineDefinition } = await sagemaker.describePipeline({ PipelineName });
    return JSON.parse(PipelineDefinition!) as Definition;
  };
  const pipelines = pipelinesDouble(jobs, store, definitionOf);
  const tags = tagsDouble();
  const calls: AwsDouble['calls'] = [];
  const own: Jobs['answers'] = { ...jobs.answers, ...pipelines.answers, ...tags.answers };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request: AwsRequest = { method, path, headers, body: await buffer(incoming) };
    const operation = operationOf(request);
    calls.push({ operation, mutating: isMutating(request), signed: String(headers.authorization ?? '') });
    const answer = own[operation]?.(jsonBody(request));
    if (answer !== undefined) {
      if (answer.status === 200) tags.seen(operation, jsonBody(request));
      return sendJson(response, answer);
    }
    const invoked = /^\/endpoints\/([^/]+)\/invocations$/.exec(path)?.[1];
    const answered = invoked && (await hosting.invoke(invoked, request.body, headers['content-type'] ?? ''));
    if (answered) {
      const told = { 'content-type': answered.contentType, 'x-amzn-invoked-production-variant': answered.variant };
      return response.writeHead(answered.status, told).end(answered.body);
    }
    const { status, headers: passed, body } = await forward(request, double.url);
    if (status === 200 && operation.startsWith('Create')) tags.seen(operation, jsonBody(request));
    if (status === 200 && (operation === 'CreateEndpoint' || operation === 'UpdateEndpoint')) {
      const { EndpointName, EndpointConfigName } = jsonBody(request) as Record<string, string>;
      await hosting.serve(EndpointName!, EndpointConfigName!);
    }
    if (status === 200 && operation === 'DeleteEndpoint') await hosting.end(String(jsonBody(request).EndpointName));
    response.writeHead(status, passed).end(body);
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    double,
    calls,
    forget: () => void calls.splice(0),
    jobs,
    pipelines,
    async stop() {
      await hosting.stop();
      await jobs.stop();
      server.closeAllConnections();
      server.close();
      await double.stop();
    },
  };
}

function sendJson(response: ServerResponse, { status, body }: Answer): void {
  const type = status === 200 ? {} : { 'x-amzn-errortype': body.__type as string };
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...type }).end(JSON.stringify(body));
}

async function forward({ method, path, headers, body }: AwsRequest, url: string) {
  const outgoing = httpRequest({ host: '127.0.0.1', port: new URL(url).port, method, path, headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const answered = { ...answer.headers };
  delete answered['transfer-encoding'];
  return { status: answer.statusCode ?? 500, headers: answered, body: await buffer(answer) };
}
