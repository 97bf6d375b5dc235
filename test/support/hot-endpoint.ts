import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openLocal } from '../../src/platform/local/index.js';
import type { EndpointConfig, EndpointInfo } from '../../src/platform/ports/endpoints.js';
import type { Environment } from '../../src/platform/ports/environment.js';
import { everyItem } from '../../src/platform/ports/pages.js';
import { buildEngine } from './endpoint-engine.js';
import { putLinearModel, putTreeModel } from './small-models.js';
import { temporaryFolder } from './temporary.js';

/** The one place with models in it that all suites about endpoint processes share: to make it takes longer than most tests. */
let started: ReturnType<typeof start> | undefined;
after(async () => {
  const hot = await started;
  if (hot === undefined) return;
  for await (const { name } of everyItem((page) => hot.place.endpoints.list(page)))
    await hot.place.writers('end of test').endpoints.remove(name);
  hot.folder.remove();
  hot.removeEngine();
});

async function start() {
  const { engine, remove: removeEngine } = await buildEngine();
  const folder = temporaryFolder();
  const place = openLocal({ projectFolder: folder.path, project: 'served', engine });
  const { objects } = place.writers('test');
  await putTreeModel(objects, 'v1');
  await putTreeModel(objects, 'v2', 0.4);
  await putLinearModel(objects, 'v3');
  return { engine, removeEngine, folder, place };
}

export interface Answer {
  predictions: number[];
  probabilities: number[];
  threshold: number;
  feature_names: string[];
  error: string;
  [key: string]: unknown;
}

export interface CaptureRecord {
  captureData: { endpointInput: { data: string }; endpointOutput: { data: string } };
  eventMetadata: { eventId: string; inferenceId?: string; customAttributes?: string[]; inferenceTime: string };
  eventVersion: string;
}

export function configOf(modelVersion: string, change: Partial<EndpointConfig> = {}): EndpointConfig {
  const variants = [{ name: 'AllTraffic', modelVersion, weight: 1 }];
  return { name: 'hot', group: 'served', variants, capture: 1, ...change };
}

/** The endpoint `hot` in that place, which serves v1 when the first test of a suite begins. */
export function hotEndpoint() {
  let hot: Awaited<ReturnType<typeof start>>;
  let info: EndpointInfo;
  let token: string;
  const serve = async (version: string) => {
    info = await hot.place.writers('test').endpoints.deploy(configOf(version));
  };
  before(async () => {
    hot = await (started ??= start());
    await serve('v1');
    token = readFileSync(info.tokenFile!, 'utf8').trim();
  });

  function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
    const authorization = `Bearer ${token}`;
    const sent = { 'content-type': 'application/json', authorization, ...headers };
    const bytes = typeof body === 'string' ? body : Buffer.from(body);
    return fetch(`${info.url}${path}`, { method: 'POST', body: bytes, headers: sent });
  }

  return {
    serve,
    post,
    get place(): Environment {
      return hot.place;
    },
    get info(): EndpointInfo {
      return info;
    },
    get token(): string {
      return token;
    },
    get folder(): string {
      return hot.folder.path;
    },
    get engineScript(): string {
      return hot.engine.endpointScript;
    },

    async answerTo(body: unknown, path = '/invocations'): Promise<{ status: number; body: Answer }> {
      const response = await post(path, JSON.stringify(body));
      return { status: response.status, body: (await response.json()) as Answer };
    },

    async captured(endpoint: string, variant: string): Promise<CaptureRecord[]> {
      const prefix = `monitoring/data-capture/${endpoint}/${variant}/`;
      const records: CaptureRecord[] = [];
      for await (const { key } of everyItem((page) => hot.place.objects.list(prefix, page))) {
        assert.match(key.slice(prefix.length), /^\d{4}\/\d\d\/\d\d\/\d\d\/\d\d-\d\d-\d{3}-[0-9a-f-]{36}\.jsonl$/);
        const text = Buffer.from((await hot.place.objects.read(key))!).toString();
        for (const line of text.trimEnd().split('\n')) records.push(JSON.parse(line) as CaptureRecord);
      }
      return records;
    },
  };
}
