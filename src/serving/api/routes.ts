import { json, type Answer, type Request, type Route } from '../http/route.js';
import { runtimeFailure } from '../failure.js';
import { invocationRoute } from '../invocation.js';
import { RequestError } from '../request-error.js';
import type { Service } from '../service.js';
import type { shadowing } from '../shadow.js';
import { authRoutes } from './auth-routes.js';
import type { OpenedApi, OpenedRoute } from './api-service.js';
import { preflights } from './cors.js';
import { docsPage, docsPolicy } from './docs-page.js';
import { feedbackRoute } from './feedback-route.js';
import { guarded, type Guarding } from './guard.js';
import { infoRoute } from './info-route.js';
import { openApiDocument } from './openapi.js';
import { predictMany, predictOne, type Invocation } from './predict-routes.js';
import { Refusal } from './refusal.js';

/** SageMaker's own, which its platform calls: who may is not for the project to say. */
const platformPath = '/invocations';

/** The routes of a project's api. They take the place of those of the same path that every service has. */
export function apiRoutes(service: Service, opened: OpenedApi, shadow: ReturnType<typeof shadowing>): Route[] {
  const guarding: Guarding = { opened, service, busy: { count: 0 } };
  const invocation: Invocation = invocationRoute(service, { path: platformPath, most: opened.most }, shadow);
  const own = opened.routes.flatMap((route) => routesOf(guarding, route, invocation));
  const get = (path: string, role: 'viewer' | undefined, answer: () => Answer | Promise<Answer>) =>
    guarded(guarding, { method: 'GET', path, role, answer, ...(path === '/metrics' && { lets: opened.scrapes }) });
  const page = {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': docsPolicy },
  };
  const auth = opened.signIn === undefined ? [] : authRoutes(opened.signIn);
  const routes = [
    ...own,
    ...auth.map((route) => guarded(guarding, { ...route, role: undefined })),
    get('/docs', undefined, () => ({ ...page, body: docsPage(opened.signIn !== undefined) })),
    get('/openapi.json', 'viewer', () =>
      json(openApiDocument(opened, service.endpoint ?? 'model', versionOf(service))),
    ),
    get('/metrics', 'viewer', async () => ({
      status: 200,
      headers: { 'content-type': service.figures.contentType },
      body:
        (await service.figures.text(service.serving().variants.map(({ name }) => name))) +
        (await opened.figures.text()),
    })),
  ];
  return [...routes, ...preflights(routes)];
}

const versionOf = (service: Service) => service.serving().variants[0]!.modelVersion;

function routesOf(guarding: Guarding, own: OpenedRoute, invocation: Invocation): Route[] {
  const { service } = guarding;
  const { path, kind, route, layout } = own;
  const isInfo = kind === 'model-info';
  const made = guarded(guarding, {
    ...{ method: isInfo ? 'GET' : 'POST', path, answer: answerOf(guarding, own, invocation) },
    role: route.role ?? (isInfo ? 'viewer' : 'predictor'),
    word: layout.body === 'features' || layout.body === 'dataframe' ? 'error' : 'detail',
    counts: kind === 'predict' || kind === 'batch-predict',
  });
  return path === platformPath ? platformRoutes(made, service) : [made];
}

/** The platform in front of a container, and the token of an endpoint here, say who may; its runtime has another path. */
function platformRoutes(made: Route, service: Service): Route[] {
  const platforms = { ...made };
  delete platforms.who;
  const route = service.endpoint === undefined ? { ...platforms, open: true } : platforms;
  const answer: Route['answer'] = (request) => {
    const { name } = request.params;
    if (service.endpoint !== undefined && name !== service.endpoint)
      throw new RequestError(400, `Endpoint ${name} not found`);
    return route.answer(request);
  };
  const refuse: Route['refuse'] = (error, asked) => modelError(error, route.refuse!(error, asked));
  return [route, { ...route, path: '/endpoints/:name/invocations', answer, refuse }];
}

/** What a container refuses is a ModelError of SageMaker's runtime; who may not ask never came that far. */
function modelError(error: unknown, { status, body, headers }: Answer): Answer {
  if (!(error instanceof Refusal)) return runtimeFailure(error);
  if ([401, 403, 429, 503].includes(status)) return runtimeFailure(error);
  const message = `Received client error (${status}) from the model: ${body as string}`;
  const original = { Message: message, OriginalStatusCode: status, OriginalMessage: body };
  return json(original, 424, { ...headers, 'content-type': 'application/json', 'x-amzn-ErrorType': 'ModelError' });
}

function answerOf(
  { opened, service }: Guarding,
  own: OpenedRoute,
  invocation: Invocation,
): (request: Request) => Answer | Promise<Answer> {
  switch (own.kind) {
    case 'predict':
      return predictOne(opened, own, service, invocation);
    case 'batch-predict':
      return predictMany(opened, own, service, invocation);
    case 'feedback':
      return feedbackRoute(opened, own, { service, feedback: opened.feedback! });
    case 'model-info':
      return infoRoute(opened, service);
  }
}
