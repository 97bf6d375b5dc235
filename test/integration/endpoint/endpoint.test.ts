import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { resolve } from 'node:path';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { evaluateAlarm, evaluationRange } from '../../../src/alarms/evaluate-alarm.js';
import { startOf } from '../../../src/common/process-identity.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { Engine } from '../../../src/platform/local/endpoints/process.js';
import type { EndpointConfig, EndpointInfo } from '../../../src/platform/ports/endpoints.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import { buildEngine } from '../../support/endpoint-engine.js';
import { signedHeaders } from '../../support/sign.js';
import { knownScores, putLinearModel, putTreeModel } from '../../support/small-models.js';
import { temporaryFolder } from '../../support/temporary.js';

const arrays = JSON.parse(readFileSync('test/fixtures/serving/arrays-npy-base64.json', 'utf8')) as Record<
  string,
  string
>;

describe('an endpoint process', function () {
  this.timeout(60_000);
  let engine: Engine;
  let removeEngine: () => void;
  let folder: ReturnType<typeof temporaryFolder>;
  let place: Environment;
  let info: EndpointInfo;
  let token: string;

  before(async () => {
    ({ engine, remove: removeEngine } = await buildEngine());
    folder = temporaryFolder();
    place = openLocal({ projectFolder: folder.path, project: 'served', engine });
    const { objects } = place.writers('test');
    await putTreeModel(objects, 'v1');
    await putTreeModel(objects, 'v2', 0.4);
    await putLinearModel(objects, 'v3');
    info = await place.writers('test').endpoints.deploy(configOf('v1'));
    token = readFileSync(info.tokenFile!, 'utf8').trim();
  });

  after(async () => {
    for await (const { name } of everyItem((page) => place.endpoints.list(page)))
      await place.writers('end of test').endpoints.remove(name);
    folder.remove();
    removeEngine();
  });

  function configOf(modelVersion: string, change: Partial<EndpointConfig> = {}): EndpointConfig {
    const variants = [{ name: 'AllTraffic', modelVersion, weight: 1 }];
    return { name: 'hot', group: 'served', variants, capture: 1, ...change };
  }

  function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
    const authorization = `Bearer ${token}`;
    const sent = { 'content-type': 'application/json', authorization, ...headers };
    const bytes = typeof body === 'string' ? body : Buffer.from(body);
    return fetch(`${info.url}${path}`, { method: 'POST', body: bytes, headers: sent });
  }

  async function answerTo(body: unknown, path = '/invocations'): Promise<{ status: number; body: Answer }> {
    const response = await post(path, JSON.stringify(body));
    return { status: response.status, body: (await response.json()) as Answer };
  }

  interface Answer {
    predictions: number[];
    probabilities: number[];
    threshold: number;
    feature_names: string[];
    error: string;
    [key: string]: unknown;
  }

  describe('when it is deployed', () => {
    it('serves what was asked for, at an address of its own on the loopback', () => {
      assert.equal(info.status, 'InService');
      assert.match(info.url!, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.deepEqual(info.serving, configOf('v1').variants);
    });

    it('keeps its secrets to their owner', () => {
      for (const path of [info.tokenFile!, info.credentialsFile!])
        assert.equal(statSync(path).mode & 0o777, 0o600, path);
      assert.equal(readFileSync(info.credentialsFile!, 'utf8').startsWith('[default]\naws_access_key_id = '), true);
    });

    it('answers /ping and /health to anybody, the rest only with the token', async () => {
      for (const path of ['/ping', '/health']) assert.equal((await fetch(info.url + path)).status, 200);
      for (const path of ['/metrics', '/model-info']) assert.equal((await fetch(info.url + path)).status, 401);
      assert.equal((await post('/invocations', '[1,2,3]', { authorization: 'Bearer no' })).status, 401);
      assert.equal((await post('/admin/stop', '', { authorization: '' })).status, 401);
    });

    it('refuses other hosts and origins', async () => {
      assert.equal((await post('/predict', '{}', { origin: 'https://evil.example' })).status, 403);
      const { port } = new URL(info.url!);
      const status = await new Promise<number | undefined>((done, reject) => {
        const asked = { port, host: '127.0.0.1', path: '/ping', headers: { host: `evil.example:${port}` } };
        httpRequest(asked, (response) => done(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      assert.equal(status, 403);
    });

    it('allows its own origin, and only that one, to read answers', async () => {
      const own = await post('/predict', '{}', { origin: info.url! });
      assert.equal(own.headers.get('access-control-allow-origin'), info.url);
      assert.equal((await post('/predict', '{}')).headers.get('access-control-allow-origin'), null);
    });
  });

  describe('when it is invoked', () => {
    it("gives LightGBM's own probabilities for JSON rows, to the last digit", async () => {
      const { status, body } = await answerTo(knownScores.map(({ row }) => row));
      assert.equal(status, 200);
      for (const [index, { probability }] of knownScores.entries())
        assert.ok(Math.abs(body.probabilities[index]! - probability) < 1e-15, `row ${index + 1}`);
      assert.deepEqual(body.predictions, [1, 0, 1, 0]);
      assert.equal(body.threshold, 0.5);
      assert.deepEqual(body.feature_names, ['alpha', 'beta', 'gamma']);
    });

    it('gives the same for one row, for "features", CSV and npy', async () => {
      const expected = (await answerTo([1, 2, 3])).body;
      assert.deepEqual((await answerTo({ features: [[1, 2, 3]] })).body, expected);
      const csv = await post('/invocations', 'gamma,beta,alpha\n3,2,1\n', { 'content-type': 'text/csv' });
      assert.deepEqual(await csv.json(), expected);
      const array = Buffer.from(arrays['i8 1d']!, 'base64');
      const npy = await post('/invocations', array, { 'content-type': 'application/x-npy' });
      assert.deepEqual(await npy.json(), expected);
    });

    it("answers on SageMaker's own route and names the variant", async () => {
      const { status, variant, body } = await place.endpoints.invoke('hot', {
        body: '[[1, 2, 3]]',
        contentType: 'application/json',
        variant: 'AllTraffic',
      });
      assert.equal(status, 200);
      assert.equal(variant, 'AllTraffic');
      assert.deepEqual((JSON.parse(Buffer.from(body).toString()) as Answer).predictions, [1]);
    });

    it('names the problem of a bad request', async () => {
      const two = await answerTo([[1, 2]]);
      assert.equal(two.status, 400);
      assert.equal(two.body.error, 'row 1: found 2 columns, expected 3: alpha, beta, gamma');
      const xml = await post('/invocations', '<a/>', { 'content-type': 'application/xml' });
      assert.equal(xml.status, 415);
      assert.match(((await xml.json()) as Answer).error, /^Unsupported content type: application\/xml/);
      const other = await place.endpoints.invoke('hot', { body: '[1]', contentType: 'application/json', variant: 'x' });
      assert.equal(other.status, 400);
      assert.match(Buffer.from(other.body).toString(), /there is no variant x; there are: AllTraffic/);
      assert.equal((await post('/endpoints/cold/invocations', '[1,2,3]')).status, 400);
      assert.equal((await post('/nowhere', '')).status, 404);
    });

    it('refuses a body that is too large, and goes on', async () => {
      const large = await post('/predict', `{"features": {"alpha": "${'x'.repeat(2 << 20)}"}}`);
      assert.equal(large.status, 413);
      assert.match(((await large.json()) as Answer).error, /larger than 1024 KiB/);
      assert.equal((await answerTo([1, 2, 3])).status, 200);
    });

    it('tells live figures in the format of Prometheus', async () => {
      await answerTo([1, 2, 3]);
      const response = await fetch(`${info.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      assert.match(
        await response.text(),
        /mlops_invocations_total\{variant="AllTraffic",status="200",endpoint="hot"\} \d+/,
      );
    });
  });

  describe('what it leaves behind', () => {
    it('captures requests and answers as SageMaker does', async () => {
      const headers = {
        'X-Amzn-SageMaker-Inference-Id': 'order-7',
        'X-Amzn-SageMaker-Custom-Attributes': 'trace=1',
        'content-type': 'text/csv',
      };
      const answer = await (await post('/endpoints/hot/invocations', '7,7,7', headers)).text();
      await post('/admin/flush', '');
      const records = await captured('hot', 'AllTraffic');
      const record = records.find(({ eventMetadata }) => eventMetadata.inferenceId === 'order-7');
      assert.match(record!.eventMetadata.eventId, /^[0-9a-f-]{36}$/);
      assert.match(record!.eventMetadata.inferenceTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.deepEqual(record!.eventMetadata.customAttributes, ['trace=1']);
      assert.equal(record!.eventVersion, '0');
      assert.deepEqual(record!.captureData, {
        endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: '7,7,7', encoding: 'CSV' },
        endpointOutput: { observedContentType: 'application/json', mode: 'OUTPUT', data: answer, encoding: 'JSON' },
      });
    });

    it('does not capture what it refused', async () => {
      await post('/invocations', '"refused as a whole"');
      await post('/admin/flush', '');
      const inputs = (await captured('hot', 'AllTraffic')).map(({ captureData }) => captureData.endpointInput.data);
      assert.equal(inputs.includes('"refused as a whole"'), false);
    });

    it('counts metrics by which its alarms go off', async () => {
      const before = new Date();
      for (let count = 0; count < 6; count += 1) await post('/invocations', 'no json');
      await post('/admin/flush', '');
      const sum = async (metric: string) => {
        const dimensions = { EndpointName: 'hot', VariantName: 'AllTraffic' };
        const range = { period: 60, from: before, to: new Date() };
        const points = await place.metrics.query({
          ...{ namespace: 'AWS/SageMaker', metric, dimensions, statistic: 'Sum', ...range },
        });
        return points.reduce((total, { value }) => total + value, 0);
      };
      assert.ok((await sum('Invocation4XXErrors')) >= 6);
      assert.equal(await sum('Invocation5XXErrors'), 0);
      assert.ok((await sum('ModelLatency')) > 0);
      // Judged by one-minute periods as it will look in the next minute.
      const later = new Date(Date.now() + 60_000);
      const states: Record<string, string> = {};
      for (const alarm of endpointAlarms('hot').map((one) => ({ ...one, period: 60, evaluationPeriods: 1 }))) {
        const points = await place.metrics.query({ ...alarm, ...evaluationRange(alarm, later) });
        states[alarm.name] = evaluateAlarm(alarm, points, undefined, later).state;
      }
      assert.equal(states['hot-Invocation4xxErrors'], 'ALARM');
      assert.equal(states['hot-Invocation5xxErrors'], 'OK');
      assert.equal(states['hot-ModelLatencyP99'], 'OK');
    });

    it('does not count callers without a token', async () => {
      const total = async () => {
        const text = await (
          await fetch(`${info.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
        ).text();
        return [...text.matchAll(/^mlops_invocations_total\{.*\} (\d+)$/gm)].reduce(
          (n, [, count]) => n + Number(count),
          0,
        );
      };
      const before = await total();
      await post('/invocations', '[1,2,3]', { authorization: 'Bearer no' });
      assert.equal(await total(), before);
    });
  });

  describe('when another version is deployed', () => {
    it('serves the new one in the same process, and keeps the old one for rollback', async () => {
      const { endpoints } = place.writers('test');
      const updated = await endpoints.deploy(configOf('v2'));
      assert.equal(updated.pid, info.pid);
      assert.equal(updated.serving?.[0]?.modelVersion, 'v2');
      assert.equal(updated.previous?.variants[0]?.modelVersion, 'v1');
      assert.deepEqual((await answerTo([0.15, 0.9, -2])).body.threshold, 0.4);
      const again = await endpoints.deploy(configOf('v2'));
      assert.equal(again.previous?.variants[0]?.modelVersion, 'v1', 'deploying the same again lost the way back');
    });

    it('goes on with what it served when the new one cannot be loaded, and says why', async () => {
      const { endpoints } = place.writers('test');
      await assert.rejects(
        endpoints.deploy(configOf('v9')),
        /artifacts\/models\/v9\/.*model_metadata\.json is missing/,
      );
      const after = await place.endpoints.describe('hot');
      assert.equal(after?.status, 'InService');
      assert.equal(after.serving?.[0]?.modelVersion, 'v2');
      assert.equal((await answerTo([1, 2, 3])).status, 200);
    });

    it('splits traffic by weight', async () => {
      const variants = [
        { name: 'blue', modelVersion: 'v1', weight: 0 },
        { name: 'green', modelVersion: 'v2', weight: 1 },
      ];
      await place.writers('test').endpoints.deploy(configOf('', { variants }));
      for (let count = 0; count < 10; count += 1)
        assert.equal((await post('/invocations', '[1,2,3]')).headers.get('x-amzn-invoked-production-variant'), 'green');
      const asked = await post('/invocations', '[1,2,3]', { 'X-Amzn-SageMaker-Target-Variant': 'blue' });
      assert.equal(asked.headers.get('x-amzn-invoked-production-variant'), 'blue');
    });
  });

  describe('when it ends', () => {
    it('loses nothing it captured when its process is terminated', async () => {
      const { endpoints } = place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'terminated' }));
      await place.endpoints.invoke('terminated', { body: '[6, 6, 6]', contentType: 'application/json' });
      process.kill(pid!, 'SIGTERM');
      const seen = await until(
        () => place.endpoints.describe('terminated'),
        (found) => found?.status === 'Stopped',
      );
      assert.equal(seen?.reason, 'terminated');
      const [record] = await captured('terminated', 'AllTraffic');
      assert.equal(record?.captureData.endpointInput.data, '[6, 6, 6]');
    });

    it('survives the process that started it', async () => {
      const starter = fork(resolve('test/support/deploy-and-leave.ts'), [folder.path, engine.endpointScript], {
        execArgv: ['--import', 'tsx'],
      });
      assert.deepEqual(await once(starter, 'exit'), [0, null]);
      const seen = await place.endpoints.describe('orphan');
      assert.equal(seen?.status, 'InService');
    });

    it('takes requests that AWS clients sign with its credentials file', async () => {
      const ini = readFileSync(info.credentialsFile!, 'utf8');
      const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(ini)![1]!;
      const credentials = {
        accessKeyId: value('aws_access_key_id'),
        secretAccessKey: value('aws_secret_access_key'),
      };
      const headers = await signedHeaders(`${info.url}/endpoints/hot/invocations`, '[[1,2,3]]', credentials);
      assert.equal((await post('/endpoints/hot/invocations', '[[1,2,3]]', headers)).status, 200);
      assert.equal((await post('/endpoints/hot/invocations', '[[1,2,4]]', headers)).status, 403);
    });

    it('loses nothing it captured when it is stopped, and starts again as it was', async () => {
      const { endpoints } = place.writers('test');
      await endpoints.deploy(configOf('v1', { name: 'ending' }));
      await place.endpoints.invoke('ending', { body: '[5, 5, 5]', contentType: 'application/json' });
      await endpoints.stop('ending');
      const stopped = await place.endpoints.describe('ending');
      assert.equal(stopped?.status, 'Stopped');
      assert.equal(stopped.serving, undefined);
      const [record] = await captured('ending', 'AllTraffic');
      assert.equal(record?.captureData.endpointInput.data, '[5, 5, 5]');
      const request = { body: '[5, 5, 5]', contentType: 'application/json' };
      await assert.rejects(place.endpoints.invoke('ending', request), /ending is Stopped/);
      const started = await endpoints.start('ending');
      assert.equal(started.status, 'InService');
      assert.equal(started.serving?.[0]?.modelVersion, 'v1');
    });

    it('is seen to be gone after a kill, and can be started again', async () => {
      const { endpoints } = place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'killed' }));
      process.kill(pid!, 'SIGKILL');
      const seen = await until(
        () => place.endpoints.describe('killed'),
        (found) => found?.status === 'Failed',
      );
      assert.match(seen!.reason!, new RegExp(`process ${pid} ended`));
      assert.equal((await endpoints.start('killed')).status, 'InService');
    });

    it('says why a first version could not be served', async () => {
      const { endpoints } = place.writers('test');
      await assert.rejects(endpoints.deploy(configOf('v9', { name: 'never' })), /model_metadata\.json is missing/);
      const seen = await place.endpoints.describe('never');
      assert.equal(seen?.status, 'Failed');
      assert.match(seen.reason!, /artifacts\/models\/v9\//);
      assert.equal((await endpoints.deploy(configOf('v1', { name: 'never' }))).status, 'InService');
    });

    it('ends by itself when nobody asks for long enough', async () => {
      process.env.MLOPS_ENDPOINT_IDLE_SECONDS = '0.2';
      try {
        await place.writers('test').endpoints.deploy(configOf('v1', { name: 'idle' }));
      } finally {
        delete process.env.MLOPS_ENDPOINT_IDLE_SECONDS;
      }
      const seen = await until(
        () => place.endpoints.describe('idle'),
        (found) => found?.status === 'Stopped',
      );
      assert.match(seen!.reason!, /no requests/);
    });

    it('takes its folder along when it is removed', async () => {
      const { endpoints } = place.writers('test');
      const { pid } = await endpoints.deploy(configOf('v1', { name: 'removed' }));
      await endpoints.remove('removed');
      assert.equal(await place.endpoints.describe('removed'), undefined);
      assert.equal(await startOf(pid!), undefined);
    });

    it('keeps tokens out of its log', async () => {
      const lines = await place.endpoints.logs('hot');
      assert.ok(lines.some((line) => line.includes('serving v1')));
      assert.equal(lines.join('\n').includes(token), false);
    });
  });

  describe('with a regression', () => {
    before(async () => {
      info = await place.writers('test').endpoints.deploy(configOf('v3'));
    });

    it('gives values for rows', async () => {
      const { body } = await answerTo([
        [50, 20],
        [10, 0],
      ]);
      assert.deepEqual(body, { predictions: [90, 30], feature_names: ['area', 'age'] });
    });

    it('gives a prediction with its drift score for a record', async () => {
      const { status, body } = await answerTo({ features: { area: 70, age: 15, other: 'left aside' } }, '/predict');
      assert.equal(status, 200);
      assert.equal(body.prediction, 135);
      assert.equal(body.drift_score, 1.5);
      assert.deepEqual(body.features_received, { area: 70, age: 15, other: 'left aside' });
      assert.ok(!Number.isNaN(Date.parse(body.timestamp as string)));
    });

    it('takes a record as it is', async () => {
      const answered = await answerTo({ area: 70, age: 15, other: 'left aside' }, '/predict');
      assert.deepEqual([answered.status, answered.body.prediction], [200, 135]);
    });

    it('names what a record lacks', async () => {
      const none = await answerTo({ height: 1 }, '/predict');
      assert.deepEqual([none.status, none.body], [400, { error: 'Missing "features" in request body' }]);
      for (const record of [{ features: { area: 1 } }, { area: 1 }]) {
        const part = await answerTo(record, '/predict');
        assert.deepEqual(
          [part.status, part.body],
          [400, { error: "Missing required features: ['age']", required_features: ['area', 'age'] }],
        );
      }
    });
  });

  interface CaptureRecord {
    captureData: { endpointInput: { data: string }; endpointOutput: { data: string } };
    eventMetadata: { eventId: string; inferenceId?: string; customAttributes?: string[]; inferenceTime: string };
    eventVersion: string;
  }

  async function captured(endpoint: string, variant: string): Promise<CaptureRecord[]> {
    const prefix = `monitoring/data-capture/${endpoint}/${variant}/`;
    const records: CaptureRecord[] = [];
    for await (const { key } of everyItem((page) => place.objects.list(prefix, page))) {
      assert.match(key.slice(prefix.length), /^\d{4}\/\d\d\/\d\d\/\d\d\/\d\d-\d\d-\d{3}-[0-9a-f-]{36}\.jsonl$/);
      const text = Buffer.from((await place.objects.read(key))!).toString();
      for (const line of text.trimEnd().split('\n')) records.push(JSON.parse(line) as CaptureRecord);
    }
    return records;
  }
});

/** Asks again until the answer fits; the test's own time limit ends it. */
async function until<Value>(ask: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
