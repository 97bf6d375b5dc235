import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dataQualityBaseline } from '../../src/documents/baselines.js';
import type { ApiUsers } from '../../src/documents/api-users.js';
import type { Bundle } from '../../src/models/bundle/bundle.js';
import { apiSchema, type Api } from '../../src/project/parts/api-schema.js';
import { readJsonc } from '../../src/project/jsonc.js';
import { answererOf } from '../../src/serving/answering/answerer.js';
import { liveApi } from '../../src/serving/api/live-api.js';
import { namedOrigins } from '../../src/serving/api/origins.js';
import { loopbackAccess } from '../../src/serving/access.js';
import type { Exchange } from '../../src/serving/capture-line.js';
import { drain, listen } from '../../src/serving/http/listen.js';
import type { Invocation } from '../../src/serving/metrics/meter.js';
import { liveFigures } from '../../src/serving/metrics/prometheus.js';
import { predictorOf, type Predictor } from '../../src/serving/predictor.js';

/** The text of each `api` that docs/SERVING.md shows, in its order. */
export function apiTexts(): string[] {
  const page = readFileSync('docs/SERVING.md', 'utf8');
  return [...page.matchAll(/```jsonc\n("api": [^]*?)\n```/g)].map(([, text]) => text!);
}

const order = ['drives', 'houses', 'patients', 'bikes', 'machines'] as const;

/** One of the examples of docs/SERVING.md. */
export function apiExample(name: (typeof order)[number]): Api {
  const { value } = readJsonc(`{${apiTexts()[order.indexOf(name)]}}`);
  return apiSchema.parse((value as { api: unknown }).api);
}

interface ModelWords {
  task: Bundle['task'];
  /** Columns of numbers, and those of texts with their categories. */
  columns: Record<string, 'number' | string[]>;
  /** One row of coefficients for each output, by column; the constant under "". */
  outputs: Record<string, number>[];
  classes?: string[];
  /** mean and standard deviation of training columns */
  statistics?: Record<string, [mean: number, std: number]>;
}

/** A linear model of these columns: what it answers can be worked out by hand. */
export function linearPredictor({ task, columns, outputs, classes, statistics }: ModelWords): Predictor {
  const names = Object.keys(columns);
  const categories = Object.entries(columns).filter((one): one is [string, string[]] => Array.isArray(one[1]));
  const bundle: Bundle = {
    ...{
      kind: 'model-bundle',
      schemaVersion: 1,
      task,
      family: 'linear',
      classes,
      threshold: task === 'binary' ? 0.5 : null,
    },
    inputs: names.map((name) => ({ name, type: Array.isArray(columns[name]) ? 'category' : 'number' })),
    preprocessing: [
      { step: 'ordinal', categories: Object.fromEntries(categories) },
      { step: 'impute', values: Object.fromEntries(names.map((name) => [name, 0])) },
    ],
    model: {
      kind: 'linear',
      link: ({ binary: 'sigmoid', multiclass: 'softmax', regression: 'identity' } as const)[task],
      featureNames: names,
      coefficients: outputs.map((output) => names.map((name) => output[name] ?? 0)),
      intercepts: outputs.map((output) => output[''] ?? 0),
      ...{ converged: true, iterations: 1, gradient: 0, parameters: {} },
    },
    metadata: { trained_date: '2026-01-01T00:00:00.000Z' },
  };
  const rest = { min: 0, max: 1, median: 0, q1: 0, q3: 0, null_pct: 0, count: 800 };
  const baseline =
    statistics &&
    dataQualityBaseline(Object.entries(statistics).map(([name, [mean, std]]) => [name, { mean, std, ...rest }]));
  return { ...predictorOf(bundle, 'test'), version: 'v1', baseline };
}

export interface Asked {
  token?: string;
  headers?: Record<string, string>;
  method?: string;
}

export interface ServedApi {
  url: string;
  counted: Invocation[];
  captured: Exchange[];
  logged: string[];
  /** Sends JSON, or what `headers` say; the answer's body is read as JSON where it is that. */
  ask(
    path: string,
    body?: unknown,
    asked?: Asked,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers; text: string }>;
  flush: () => Promise<void>;
  close(): Promise<void>;
}

export const endpointToken = 'the-token-of-the-endpoint';

/** Serves a project's api with a model on a free port of this machine. */
export async function serveApi(
  predictor: Predictor,
  api: Api,
  options: {
    users?: () => ApiUsers | undefined;
    now?: () => Date;
    kept?: { folder: string; temporary: string };
    container?: boolean;
  } = {},
): Promise<ServedApi> {
  const { users = () => undefined, now = () => new Date(), kept, container = false } = options;
  const counted: Invocation[] = [];
  const captured: Exchange[] = [];
  const logged: string[] = [];
  const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1, predictor }];
  const serving = () => ({ config: { name: 'served', group: 'g', variants, capture: 1 }, variants });
  const live = liveApi({ audience: 'demo/served', kept, users }, serving);
  await live.follow(api);
  const secrets = { token: endpointToken, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const access = container ? { place: () => undefined, caller: () => undefined } : loopbackAccess(secrets, now);
  const answerer = answererOf();
  const server = await listen({
    ...{
      endpoint: container ? undefined : 'served',
      nonce: 'n',
      figures: liveFigures('served'),
      now,
      serving,
      answerer,
    },
    access: namedOrigins(access, live.now, container),
    api: live.now,
    counted: (seen) => counted.push(seen),
    odd: () => undefined,
    answered: (exchange) => captured.push(exchange),
    log: (text) => logged.push(text),
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, counted, captured, logged },
    async ask(path, body, { token = endpointToken, headers, method } = {}) {
      const response = await fetch(url + path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? undefined : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      };
    },
    flush: live.flush,
    async close() {
      await drain(server);
      await live.flush();
      await answerer.close();
    },
  };
}
