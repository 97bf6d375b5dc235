import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from '../../src/models/bundle/bundle.js';
import type { Variant } from '../../src/platform/ports/endpoints.js';
import { answererOf } from '../../src/serving/answering/answerer.js';
import type { Exchange } from '../../src/serving/capture-line.js';
import { listen } from '../../src/serving/http/listen.js';
import type { Invocation } from '../../src/serving/metrics/meter.js';
import { liveFigures } from '../../src/serving/metrics/prometheus.js';
import { predictorOf, type Predictor } from '../../src/serving/predictor.js';
import type { Service } from '../../src/serving/service.js';

/** price = base + 2 · area, as a model that answers; `base` tells two of them apart. */
export function areaPredictor(base: number): Predictor {
  const bundle: Bundle = {
    ...{ kind: 'model-bundle', schemaVersion: 1 },
    model: {
      ...{ kind: 'linear', link: 'identity', featureNames: ['area'], coefficients: [[2]], intercepts: [base] },
      ...{ converged: true, iterations: 1, gradient: 0, parameters: {} },
    },
    ...{ task: 'regression', family: 'ridge', threshold: null, metadata: {}, preprocessing: [] },
    inputs: [{ name: 'area', type: 'number' }],
  };
  return { ...predictorOf(bundle, `base ${base}`), version: `v${base}` };
}

/** A model that breaks on every request. */
export function brokenPredictor(): Predictor {
  const predict = () => {
    throw new RangeError('a tree without a root');
  };
  return { ...areaPredictor(0), predict };
}

type Served = Omit<Variant, 'modelVersion'> & { predictor: Predictor };

/** The routes of a service on a port of the loopback, with what it told of its requests; ended after each test. */
export function servedVariants() {
  const servers: Server[] = [];
  const end = () => servers.splice(0).forEach((server) => server.close().closeAllConnections());
  const serve = async (variants: Served[], change: Partial<Service> = {}) => {
    const counted: Invocation[] = [];
    const captured: Exchange[] = [];
    const compared: [variant: string, different: boolean][] = [];
    const logged: string[] = [];
    const served = variants.map((one) => ({ ...one, modelVersion: one.predictor.version }));
    const service: Service = {
      ...{ endpoint: 'hot', nonce: 'n', figures: liveFigures('hot'), now: () => new Date() },
      serving: () => ({ config: { name: 'hot', group: 'g', variants: served, capture: 1 }, variants: served }),
      access: { place: () => undefined, caller: () => undefined },
      answerer: answererOf(),
      counted: (seen) => counted.push(seen),
      odd: () => undefined,
      answered: (exchange) => captured.push(exchange),
      compared: (variant, _at, different) => compared.push([variant, different]),
      log: (text) => logged.push(text),
      ...change,
    };
    const server = await listen(service);
    servers.push(server);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const post = (body: string, headers: Record<string, string> = {}, path = '/invocations') =>
      fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    return { url, post, counted, captured, compared, logged };
  };
  return { serve, end };
}
