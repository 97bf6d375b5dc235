import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../common/errors.js';
import type { Environment } from '../platform/ports.js';
import { loopbackAccess } from './access.js';
import type { EndpointStore } from './endpoint-store.js';
import { drain, listen } from './listen.js';
import { describeConfig, firstServing, reloadServing } from './load-serving.js';
import { captureLog } from './capture.js';
import { meter } from './meter.js';
import { liveFigures } from './prometheus.js';
import type { Service } from './service.js';
import type { Credentials } from './signature.js';
import { utilizationOf } from './utilization.js';

export interface EndpointParts {
  store: EndpointStore;
  environment: Environment;
  secrets: { token: string; credentials: Credentials };
  idleMs: number;
  log: (text: string) => void;
}

const captureEveryMs = 10_000;
const metricsEveryMs = 60_000;

/**
 * Serves an endpoint on a port of the loopback until it is stopped, idle for too long, or removed.
 * `ended` resolves when everything captured and counted is written.
 * @throws when no configuration can be served, after saying so in the store
 */
export async function serveEndpoint(
  parts: EndpointParts,
): Promise<{ stop: (reason: string) => void; ended: Promise<void> }> {
  const { store, environment, log } = parts;
  const writers = environment.writers(`serve endpoint ${store.name}`);
  const capture = captureLog(store.name, (key, body) => writers.objects.put(key, body));
  const meters = meter(store.name, (namespace, data) => writers.metrics.put(namespace, data));
  const figures = liveFigures(store.name);
  const measure = utilizationOf(store.folder);
  const nonce = randomUUID();
  let serving = await firstServing(parts);
  let lastRequest = Date.now();

  const { promise: asked, resolve: stop } = withResolvers<string>();
  const flush = async () => {
    await Promise.all([capture.flush(), meters.flush()]);
  };
  const service: Service = {
    endpoint: store.name,
    nonce,
    serving: () => serving,
    access: loopbackAccess(parts.secrets, () => new Date()),
    figures,
    now: () => new Date(),
    counted(seen) {
      lastRequest = Date.now();
      meters.invocation(seen);
      figures.invocation(seen);
    },
    answered: (exchange) => capture.add(exchange),
    async reload() {
      serving = await reloadServing(parts, serving);
    },
    flush,
    stop: () => stop('asked to stop'),
    log,
  };

  const server = await listen(service);
  const { port } = server.address() as AddressInfo;
  await store.started({ url: `http://127.0.0.1:${port}`, nonce });
  log(`serving ${describeConfig(serving.config)} on port ${port}`);

  const minutely = async () => {
    meters.utilization(
      new Date(),
      serving.variants.map(({ name }) => name),
      await measure(),
    );
    await meters.flush();
    if (!(await store.isOurs(nonce))) stop('removed');
    else if (Date.now() - lastRequest > parts.idleMs)
      stop(`no requests for ${Math.round(parts.idleMs / 1000)} seconds`);
  };
  const timers = [
    every(captureEveryMs, capture.flush, log),
    every(Math.min(metricsEveryMs, parts.idleMs), minutely, log),
  ];
  const ended = asked.then(async (reason) => {
    for (const timer of timers) clearInterval(timer);
    await drain(server);
    await flush().catch((error: unknown) => log(`not everything could be written: ${messageOf(error)}`));
    if (reason !== 'removed') await store.ended(reason, false);
    log(`ended: ${reason}`);
  });
  return { stop, ended };
}

/** A timer whose work never overlaps and whose failures are told, not thrown. */
function every(ms: number, work: () => Promise<void>, log: (text: string) => void): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    void work()
      .catch((error: unknown) => log(messageOf(error)))
      .finally(() => (busy = false));
  }, ms);
}

function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
