import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Asked } from './asked.js';
import { failureAnswer, runtimeFailure } from './failure.js';
import { counting, invoke, type Variables } from './invocation.js';
import { modelInfo } from './model-info.js';
import { badRequest, RequestError } from './request-error.js';
import type { Service, Steering } from './service.js';

/** Largest bodies, in bytes. */
const limits = { invocation: 25 << 20, record: 1 << 20, admin: 64 << 10 };

/** The prediction service: every route of an endpoint. */
export function serviceApp(service: Service): Hono<Variables> {
  const app = new Hono<Variables>();
  const caller = callerCheck(service);
  const counted = counting(service);

  app.use(placeCheck(service));
  app.get('/ping', (c) => c.json({ status: 'ok', nonce: service.nonce }));
  app.get('/health', (c) => c.json({ status: 'ok', message: 'API is healthy and model is loaded.' }));

  app.get('/metrics', caller, async (c) => c.text(await service.figures.text(), 200, metricsType(service)));
  app.get('/model-info', caller, (c) => c.json(modelInfo(service)));

  app.post('/invocations', counted, limit(limits.invocation), caller, invoke(service, { runtime: false }));
  app.post('/predict', counted, limit(limits.record), caller, invoke(service, { runtime: false }));
  app.post('/endpoints/:name/invocations', counted, limit(limits.invocation), caller, async (c) => {
    const name = c.req.param('name');
    if (service.endpoint !== undefined && name !== service.endpoint)
      return runtimeFailure(c, badRequest(`Endpoint ${name} not found`));
    return invoke(service, { runtime: true })(c);
  });
  if (service.steering) addAdmin(app, service, service.steering);

  app.notFound((c) => c.json({ error: `there is no ${c.req.method} ${c.req.path} here` }, 404));
  app.onError((error, c) => {
    if (!(error instanceof RequestError)) service.log(error.stack ?? error.message);
    if (c.req.path.startsWith('/endpoints/')) return runtimeFailure(c, error);
    const { status, body } = failureAnswer(error);
    return c.json(body, status);
  });
  return app;
}

/** How the project's own tools steer the process; the answers are plain. */
function addAdmin(app: Hono<Variables>, service: Service, steering: Steering): void {
  app.use('/admin/*', limit(limits.admin), callerCheck(service));
  app.post('/admin/reload', async (c) => {
    try {
      await steering.reload();
      return c.json(modelInfo(service));
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : String(error) }, 409);
    }
  });
  app.post('/admin/flush', async (c) => {
    await steering.flush();
    return c.json({ status: 'flushed' });
  });
  app.post('/admin/stop', (c) => {
    steering.stop();
    return c.json({ status: 'stopping' }, 202);
  });
}

/** Host and Origin, for every route. A page that may ask is told so. */
function placeCheck(service: Service) {
  return createMiddleware<Variables>(async (c, next) => {
    service.access.place(askedOf(c));
    await next();
    const origin = c.req.header('origin');
    if (origin !== undefined) c.res.headers.set('Access-Control-Allow-Origin', origin);
  });
}

function callerCheck(service: Service) {
  return createMiddleware<Variables>(async (c, next) => {
    await service.access.caller(askedOf(c));
    await next();
  });
}

function askedOf(c: Context): Asked {
  const { method, url, headers } = c.req.raw;
  return { method, url: new URL(url), headers, body: async () => new Uint8Array(await c.req.arrayBuffer()) };
}

function limit(maxSize: number) {
  const onError = (c: Context) => {
    // The rest of the body is not read, so the connection cannot be used again.
    c.header('Connection', 'close');
    throw new RequestError(413, `the body is larger than ${maxSize >> 10} KiB`);
  };
  return bodyLimit({ maxSize, onError });
}

function metricsType(service: Service) {
  return { 'content-type': service.figures.contentType };
}
