import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { codeOf, fileError } from '../common/files.js';
import { InputError } from '../common/errors.js';
import { isOwn } from '../models/bundle/outside-model.js';
import type { Access } from './access.js';
import { containerApi, containerScraper, containerUsers } from './api/container-api.js';
import { liveApi } from './api/live-api.js';
import { namedOrigins } from './api/origins.js';
import { answererOf, type Answerer } from './answering/answerer.js';
import { drain, listen } from './http/listen.js';
import { openModel, predictorOf, type Predictor } from './predictor.js';
import { liveFigures } from './metrics/prometheus.js';
import type { Service } from './service.js';
import type { Serving } from './traffic.js';

export interface ContainerParts {
  /** Holds `model/`, the artifact's files as the platform unpacked them. */
  root: string;
  /** What its figures are told under. */
  endpoint?: string;
  port: number;
  /** Aborted when the container is asked to end. */
  signal: AbortSignal;
  log: (text: string) => void;
}

/**
 * Serves the model of a container on all interfaces until `signal` is aborted; requests that are being answered end
 * first. Who may ask, what is captured and what is counted is the platform's business here, so there is no token.
 * Nothing listens before the model is loaded: `/ping` answers 200 or not at all.
 * @throws InputError naming the file, when there is no model that can be served
 */
export async function serveContainer({ root, endpoint, port, signal, log }: ContainerParts): Promise<void> {
  const predictor = await loadModel(join(root, 'model'));
  const answerer = answererOf();
  const given = await containerApi(root);
  const service = containerService(predictor, answerer, log, endpoint);
  const audience = given?.project ?? '';
  const place = { audience, users: containerUsers(root), scrapes: await containerScraper(root) };
  const api = liveApi(place, () => service.serving());
  await api.follow(given?.api);
  const guarded = { ...service, api: api.now, access: namedOrigins(service.access, api.now, true) };
  const server = await listen(guarded, { hostname: '0.0.0.0', port });
  const { port: taken } = server.address() as AddressInfo;
  log(`serving ${predictor.version} (${predictor.family}) on port ${taken}`);
  await aborted(signal);
  log('asked to end; answering what is under way');
  await drain(server);
  await answerer.close();
  log('ended');
}

async function loadModel(folder: string): Promise<Predictor> {
  const place = `${folder}/`;
  const bundle = await openModel(place, (name) => bytesOf(join(folder, name)));
  if (!isOwn(bundle.model))
    throw new InputError(
      `${place}: found a model that others compute, expected one of trees or a linear one: serve it from an image of its own`,
    );
  const { model_version: version } = bundle.metadata;
  return { ...predictorOf(bundle, place), version: typeof version === 'string' ? version : 'unknown' };
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  }
}

const open: Access = { place: () => undefined, caller: () => undefined };

function containerService(
  predictor: Predictor,
  answerer: Answerer,
  log: (text: string) => void,
  name = 'container',
): Service {
  const variant = { name: 'AllTraffic', modelVersion: predictor.version, weight: 1 };
  const config = { name, group: '', variants: [variant], capture: 0 };
  const serving: Serving = { config, variants: [{ ...variant, predictor }] };
  const figures = liveFigures(config.name);
  return {
    endpoint: undefined,
    nonce: randomUUID(),
    serving: () => serving,
    access: open,
    answerer,
    figures,
    now: () => new Date(),
    counted: (seen) => figures.invocation(seen),
    odd: (name, _at, values) => figures.odd(name, values),
    answered: () => undefined,
    log,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
