import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startMoto } from './moto.js';
import { simulated } from './own/iam.js';
import { makeFaults, type Faults } from './faults.js';
import type { Endpoints } from './own/endpoints.js';
import type { Features } from './own/features.js';
import type { Answer } from './own/part.js';
import type { Schedules } from './own/schedules.js';
import { ssoPortal, type SsoPortal } from './own/sso.js';
import { taggingIndex } from './own/tagging.js';
import { ownAnswers } from './own-answers.js';
import { isMutating, jsonBody, operationOf, type AwsRequest } from './request.js';

export interface AwsDouble {
  url: string;
  /** Past the double: what moto alone answers. */
  motoUrl: string;
  /** Every request since the last `forget`, in order. */
  calls: { operation: string; mutating: boolean; signed: string }[];
  faults: Faults;
  forget(): void;
  /** Refuses every call whose operation matches, as a user without that right sees it. */
  deny(operation: RegExp): void;
  /** What the policy simulator says no to. */
  forbid(action: RegExp): void;
  endpoints: Pick<Endpoints, 'rollBackNext' | 'deployment'>;
  features: Pick<Features, 'says'>;
  schedules: Pick<Schedules, 'ran'>;
  sso: SsoPortal;
  stop(): Promise<void>;
}

/** AWS on loopback: moto, what moto lacks, and a count of what would have changed something. */
export async function startAwsDouble(python: string): Promise<AwsDouble> {
  const moto = await startMoto(python);
  const own = ownAnswers();
  const tagging = taggingIndex();
  const calls: AwsDouble['calls'] = [];
  const faults = makeFaults();
  const sso = ssoPortal();
  let denied: RegExp | undefined;
  let forbidden: RegExp | undefined;

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request: AwsRequest = { method, path, headers, body: await buffer(incoming) };
    const operation = operationOf(request);
    calls.push({ operation, mutating: isMutating(request), signed: String(headers.authorization ?? '') });
    if (await faults.meets(operation, request, response)) return;
    if (denied?.test(operation)) return sendDenied(response, request);
    if (operation === 'SimulatePrincipalPolicy')
      return void response.writeHead(200, { 'content-type': 'text/xml' }).end(simulated(request, forbidden));
    const answer =
      operation === 'GetResources'
        ? tagging.getResources(jsonBody(request))
        : (sso.answer(operation, request) ?? own.answer(operation, request));
    if (answer?.status === 200) tagging.told(operation, jsonBody(request));
    if (answer) return sendJson(response, answer);
    const { status, headers: answered, body } = await forward(request, moto.port);
    if (status === 200 && /^\w+$/.test(operation)) tagging.told(operation, jsonBody(request));
    const shown = status === 200 ? own.passed(operation, request, body) : body;
    if (shown !== body) answered['content-length'] = String(shown.length);
    response.writeHead(status, answered).end(shown);
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    motoUrl: `http://127.0.0.1:${moto.port}`,
    calls,
    faults,
    forget: () => void calls.splice(0),
    deny: (operation) => (denied = operation),
    forbid: (action) => (forbidden = action),
    endpoints: own.endpoints,
    features: own.features,
    schedules: own.schedules,
    sso,
    async stop() {
      server.closeAllConnections();
      server.close();
      await moto.stop();
    },
  };
}

function sendJson(response: ServerResponse, { status, body }: Answer): void {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    ...(status === 200 ? {} : { 'x-amzn-errortype': body.__type as string }),
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** S3 says it in XML and with 403, the services with targets in JSON. */
function sendDenied(response: ServerResponse, { headers }: AwsRequest): void {
  if (headers['x-amz-target'] === undefined)
    response
      .writeHead(403, { 'content-type': 'application/xml' })
      .end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
  else sendJson(response, { status: 400, body: { __type: 'AccessDeniedException', message: 'not authorized' } });
}

/** Passed on as it came, host included: the signature covers it. */
async function forward({ method, path, headers, body }: AwsRequest, port: number) {
  const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const answered = { ...answer.headers };
  delete answered['transfer-encoding'];
  return { status: answer.statusCode ?? 500, headers: answered, body: await buffer(answer) };
}
