import { Hono, type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ReceivedRequest } from './request.js';
import { bodyReader, type BodyReader } from './body.js';
import { failureAnswer, runtimeFailure } from './failure.js';
import { counting, invoke } from './invocation.js';
import type { Variables } from './variables.js';
import { modelInfo } from './model-info.js';
import { badRequest, RequestError } from './request-error.js';
import type { Service, Steering } from './service.js';

/** Largest bodies, in bytes. */
const limits = { invocation: 25 << 20, record: 1 << 20, other: 64 << 10 };
/** Of all bodies together that are held at a time, in bytes. */
const mostHeld = 100 << 20;

/** The prediction service: every route of an endpoint. */
export function serviceApp(service: Service): Hono<Variables> {
  const app = new Hono<Variables>();
  const read = bodyReader(mostHeld);
  const counted = counting(service);
  const caller = (most: number) => callerCheck(service, read, most);
  const invocation = (most: number, runtime: boolean) => invoke(service, { runtime, body: (c) => read(c, most) });

  app.use(releaseBody);
  app.use(placeCheck(service));
  app.get('/ping', (c) => c.json({ status: 'ok', nonce: service.nonce }));
  app.get('/health', (c) => c.json({ status: 'ok', message: 'API is healthy and model is loaded.' }));

  app.get('/metrics', caller(limits.other), async (c) =>
    c.text(await service.figures.text(), 200, metricsType(service)),
  );
  app.get('/model-info', caller(limits.other), (c) => c.json(modelInfo(service)));

  app.post('/invocations', counted, caller(limits.invocation), invocation(limits.invocation, false));
  app.post('/predict', counted, caller(limits.record), invocation(limits.record, false));
  app.post('/endpoints/:name/invocations', counted, caller(limits.invocation), async (c) => {
    const name = c.req.param('name');
    if (service.endpoint !== undefined && name !== service.endpoint)
      return runtimeFailure(c, badRequest(`Endpoint ${name} not found`));
    return invocation(limits.invocation, true)(c);
  });
  if (service.steering) addAdmin(app, caller(limits.other), service, service.steering);

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
function addAdmin(
  app: Hono<Variables>,
  caller: ReturnType<typeof callerCheck>,
  service: Service,
  steering: Steering,
): void {
  app.use('/admin/*', caller);
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

/** Asks who calls before anything of the body is read; only a signature of the body itself needs it. */
function callerCheck(service: Service, read: BodyReader, most: number) {
  return createMiddleware<Variables>(async (c, next) => {
    const body = async () => (await read(c, most)).bytes;
    await service.access.caller({ ...askedOf(c), body });
    await next();
  });
}

/** However a request ends, its body is held no longer. */
const releaseBody = createMiddleware<Variables>(async (c, next) => {
  await next();
  const held = await c.get('body')?.catch(() => undefined);
  held?.release();
});

function askedOf(c: Context): Omit<ReceivedRequest, 'body'> {
  const { method, url, headers } = c.req.raw;
  return { method, url: new URL(url), headers };
}

function metricsType(service: Service) {
  return { 'content-type': service.figures.contentType };
}
