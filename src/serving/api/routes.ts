import { json, type Answer, type Request, type Route } from '../http/route.js';
import { invocationRoute } from '../invocation.js';
import type { Service } from '../service.js';
import { authRoutes } from './auth-routes.js';
import type { OpenedApi, OpenedRoute } from './api-service.js';
import { preflights } from './cors.js';
import { docsPage, docsPolicy } from './docs-page.js';
import { feedbackRoute } from './feedback-route.js';
import { guarded, type Guarding } from './guard.js';
import { infoRoute } from './info-route.js';
import { openApiDocument } from './openapi.js';
import { predictMany, predictOne, type Invocation } from './predict-routes.js';

/** SageMaker's own, which its platform calls: who may is not for the project to say. */
const platformPath = '/invocations';

/** The routes of a project's api. They take the place of those of the same path that every service has. */
export function apiRoutes(service: Service, opened: OpenedApi): Route[] {
  const guarding: Guarding = { opened, service, busy: { count: 0 } };
  const invocation: Invocation = invocationRoute(service, { path: platformPath, most: opened.most });
  const own = opened.routes.map((route) => routeOf(guarding, route, invocation));
  const get = (path: string, role: 'viewer' | undefined, answer: () => Answer | Promise<Answer>) =>
    guarded(guarding, { method: 'GET', path, role, answer });
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
      body: (await service.figures.text()) + (await opened.figures.text()),
    })),
  ];
  return [...routes, ...preflights(routes)];
}

const versionOf = (service: Service) => service.serving().variants[0]!.modelVersion;

function routeOf(guarding: Guarding, own: OpenedRoute, invocation: Invocation): Route {
  const { opened, service } = guarding;
  const { path, kind, route, layout } = own;
  const isInfo = kind === 'model-info';
  const made = guarded(guarding, {
    ...{ method: isInfo ? 'GET' : 'POST', path, answer: answerOf(guarding, own, invocation) },
    role: route.role ?? (isInfo ? 'viewer' : 'predictor'),
    word: layout.body === 'features' || layout.body === 'dataframe' ? 'error' : 'detail',
    counts: kind === 'predict' || kind === 'batch-predict',
  });
  if (path !== platformPath) return made;
  // The platform in front of a container, and the token of an endpoint here, say who may.
  const { who: _, ...platforms } = made;
  void opened;
  return service.endpoint === undefined ? { ...platforms, open: true } : platforms;
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
