import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '../common/errors.js';
import type { Environment } from '../platform/ports/environment.js';
import { loopbackAccess } from './access.js';
import type { ApiPlace } from './api/api-service.js';
import { liveApi, type LiveApi } from './api/live-api.js';
import { namedOrigins } from './api/origins.js';
import { answererOf, type Answerer } from './answering/answerer.js';
import type { EndpointStore } from './endpoint-store.js';
import { drain, listen } from './http/listen.js';
import { closeServing, describeConfig, firstServing, reloadServing } from './load-serving.js';
import { whenIdle, type Serving } from './traffic.js';
import { recordsOf, type Records } from './records.js';
import type { ScorerPlace } from './scorers/scorer.js';
import type { Credentials } from './signature.js';

export interface ServedEndpoint {
  stop: (reason: string) => void;
  /** Resolves when it is over and everything captured and counted is written. */
  ended: Promise<void>;
}

export interface EndpointParts {
  store: EndpointStore;
  environment: Environment;
  secrets: { token: string; credentials: Credentials };
  idleMs: number;
  scoring: ScorerPlace;
  /** Who may call the project's api, where it asks for that. */
  users: ApiPlace['users'];
  log: (text: string) => void;
}

/** No more than a second's requests are lost with a process that is killed: that long, and the time to write. */
const captureEveryMs = 300;
const feedbackEveryMs = 1_000;
const lookEveryMs = 60_000;

/**
 * Serves an endpoint on a port of the loopback until it is stopped, idle for too long, or removed.
 * `ended` resolves when everything captured and counted is written.
 * @throws when no configuration can be served, after saying so in the store
 */
export async function serveEndpoint(parts: EndpointParts): Promise<ServedEndpoint> {
  const { store, environment, log, idleMs } = parts;
  const records = recordsOf(store.name, store.folder, environment.writers(`serve endpoint ${store.name}`));
  const answerer = answererOf();
  const nonce = randomUUID();
  let serving = await firstServing(parts);
  const kept = { folder: join(store.folder, 'api'), temporary: store.temporary };
  const audience = `${store.project}/${store.name}`;
  const api = liveApi({ audience, kept, users: parts.users }, () => serving);
  await api.follow(serving.config.api);
  let lastRequest = Date.now();
  let reloaded = Promise.resolve();
  const { promise: asked, resolve: stop } = withResolvers<string>();

  const server = await listen({
    endpoint: store.name,
    nonce,
    serving: () => serving,
    api: api.now,
    access: namedOrigins(
      loopbackAccess(parts.secrets, () => new Date()),
      api.now,
      false,
    ),
    answerer,
    figures: records.figures,
    now: () => new Date(),
    counted(seen) {
      lastRequest = Date.now();
      records.counted(seen);
    },
    odd: (variant, at, values) => records.odd(variant, at, values),
    drifted: records.drifted,
    answered: records.answered,
    compared: records.compared,
    steering: {
      reload() {
        // One after the other, so that the last one asked for is the one that serves.
        const next = reloaded.then(async () => {
          const before = serving;
          serving = await reloadServing(parts, before);
          await api.follow(serving.config.api);
          // What is under way ends with the models that it began with.
          if (serving !== before) void whenIdle(before).then(() => closeServing(before));
        });
        reloaded = next.catch(() => undefined);
        return next;
      },
      flush: records.flush,
      stop: () => stop('asked to stop'),
    },
    log,
  });
  const { port } = server.address() as AddressInfo;
  await store.started({ url: `http://127.0.0.1:${port}`, nonce });
  log(`serving ${describeConfig(serving.config)} on port ${port}`);

  const look = async () => {
    if (!(await store.isOurs(nonce))) return stop('removed');
    if (Date.now() - lastRequest > idleMs) return stop(`no requests for ${Math.round(idleMs / 1000)} seconds`);
    await records.measure(serving.config.variants.map(({ name }) => name));
    await records.flush();
  };
  const timers = [
    every(captureEveryMs, records.flushCapture, log),
    every(feedbackEveryMs, api.flush, log),
    every(Math.min(lookEveryMs, idleMs), look, log),
  ];
  return {
    stop,
    ended: asked.then((reason) =>
      end(parts, records, { server, timers, answerer, api, serving: () => serving }, reason),
    ),
  };
}

async function end(
  { store, environment, log }: EndpointParts,
  records: Records,
  running: { server: Server; timers: NodeJS.Timeout[]; answerer: Answerer; api: LiveApi; serving: () => Serving },
  reason: string,
): Promise<void> {
  running.timers.forEach(clearInterval);
  await drain(running.server);
  await running.answerer.close();
  await closeServing(running.serving());
  // A project that was deleted is not brought back for the sake of its last lines.
  if (!environment.readOnly)
    await Promise.all([records.flush(), running.api.flush()]).catch((error: unknown) =>
      log(`not everything could be written: ${messageOf(error)}`),
    );
  if (reason !== 'removed') await store.ended(reason, false);
  log(`ended: ${reason}`);
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
