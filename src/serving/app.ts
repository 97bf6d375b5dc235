import { messageOf } from '../common/errors.js';
import type { OpenedApi } from './api/api-service.js';
import { apiRoutes } from './api/routes.js';
import { json, type Route } from './http/route.js';
import { invocationRoute } from './invocation.js';
import { modelInfo } from './model-info.js';
import type { Service, Steering } from './service.js';
import { shadowing } from './shadow.js';

/** Largest bodies, in bytes. */
const limits = { invocation: 25 << 20, record: 1 << 20, other: 64 << 10 };

/** The routes of a service as they are now: those of an api change when what is served does. */
export function routesOfNow(service: Service): () => readonly Route[] {
  let known = service.api?.();
  let routes = serviceRoutes(service, known);
  return () => {
    const now = service.api?.();
    if (now !== known) routes = serviceRoutes(service, (known = now));
    return routes;
  };
}

/** The prediction service: every route of an endpoint. Of two for one path the later one answers. */
export function serviceRoutes(service: Service, api: OpenedApi | undefined): Route[] {
  const most = limits.other;
  const shadow = shadowing(service);
  return [
    open('/ping', () => ({ status: 'ok', nonce: service.nonce })),
    open('/health', () => ({ status: 'ok', message: 'API is healthy and model is loaded.' })),
    {
      ...{ method: 'GET', path: '/metrics', most },
      answer: async () => ({
        status: 200,
        headers: { 'content-type': service.figures.contentType },
        body: await service.figures.text(service.serving().variants.map(({ name }) => name)),
      }),
    },
    { method: 'GET', path: '/model-info', most, answer: () => json(modelInfo(service)) },
    invocationRoute(service, { path: '/invocations', most: limits.invocation }, shadow),
    invocationRoute(service, { path: '/predict', most: limits.record }, shadow),
    invocationRoute(service, { path: '/endpoints/:name/invocations', most: limits.invocation, runtime: true }, shadow),
    ...(api ? apiRoutes(service, api, shadow) : []),
    ...(service.steering ? steeringRoutes(service, service.steering) : []),
  ];
}

/** What anybody may ask. */
function open(path: string, body: () => unknown): Route {
  return { method: 'GET', path, most: limits.other, open: true, answer: () => json(body()) };
}

/** How the project's own tools steer the process; the answers are plain. */
function steeringRoutes(service: Service, steering: Steering): Route[] {
  const post = (path: string, answer: Route['answer']): Route => ({ method: 'POST', path, most: limits.other, answer });
  return [
    // A route of the project's own may have the path /model-info, with other words and for other people.
    { method: 'GET', path: '/admin/serving', most: limits.other, answer: () => json(modelInfo(service)) },
    post('/admin/reload', async () => {
      try {
        await steering.reload();
        return json(modelInfo(service));
      } catch (error) {
        return json({ error: messageOf(error) }, 409);
      }
    }),
    post('/admin/flush', async () => {
      await steering.flush();
      return json({ status: 'flushed' });
    }),
    post('/admin/stop', () => {
      steering.stop();
      return json({ status: 'stopping' }, 202);
    }),
  ];
}
