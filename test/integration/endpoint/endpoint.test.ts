import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { evaluateAlarm, evaluationRange } from '../../../src/alarms/evaluate-alarm.js';
import { type Answer, configOf, hotEndpoint } from '../../support/hot-endpoint.js';
import { knownScores } from '../../support/small-models.js';

const arrays = JSON.parse(readFileSync('test/fixtures/serving/arrays-npy-base64.json', 'utf8')) as Record<
  string,
  string
>;

describe('an endpoint process', function () {
  this.timeout(60_000);
  const hot = hotEndpoint();

  describe('when it is deployed', () => {
    it('serves what was asked for, at an address of its own on the loopback', () => {
      assert.equal(hot.info.status, 'InService');
      assert.match(hot.info.url!, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.deepEqual(hot.info.serving, configOf('v1').variants);
    });

    it('keeps its secrets to their owner', () => {
      for (const path of [hot.info.tokenFile!, hot.info.credentialsFile!])
        assert.equal(statSync(path).mode & 0o777, 0o600, path);
      assert.equal(readFileSync(hot.info.credentialsFile!, 'utf8').startsWith('[default]\naws_access_key_id = '), true);
    });

    it('answers /ping and /health to anybody, the rest only with the token', async () => {
      for (const path of ['/ping', '/health']) assert.equal((await fetch(hot.info.url + path)).status, 200);
      for (const path of ['/metrics', '/model-info']) assert.equal((await fetch(hot.info.url + path)).status, 401);
      assert.equal((await hot.post('/invocations', '[1,2,3]', { authorization: 'Bearer no' })).status, 401);
      assert.equal((await hot.post('/admin/stop', '', { authorization: '' })).status, 401);
    });

    it('refuses other hosts and origins', async () => {
      assert.equal((await hot.post('/predict', '{}', { origin: 'https://evil.example' })).status, 403);
      const { port } = new URL(hot.info.url!);
      const status = await new Promise<number | undefined>((done, reject) => {
        const asked = { port, host: '127.0.0.1', path: '/ping', headers: { host: `evil.example:${port}` } };
        httpRequest(asked, (response) => done(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      assert.equal(status, 403);
    });

    it('allows its own origin, and only that one, to read answers', async () => {
      const own = await hot.post('/predict', '{}', { origin: hot.info.url! });
      assert.equal(own.headers.get('access-control-allow-origin'), hot.info.url);
      assert.equal((await hot.post('/predict', '{}')).headers.get('access-control-allow-origin'), null);
    });
  });

  describe('when it is invoked', () => {
    it("gives LightGBM's own probabilities for JSON rows, to the last digit", async () => {
      const { status, body } = await hot.answerTo(knownScores.map(({ row }) => row));
      assert.equal(status, 200);
      for (const [index, { probability }] of knownScores.entries())
        assert.ok(Math.abs(body.probabilities[index]! - probability) < 1e-15, `row ${index + 1}`);
      assert.deepEqual(body.predictions, [1, 0, 1, 0]);
      assert.equal(body.threshold, 0.5);
      assert.deepEqual(body.feature_names, ['alpha', 'beta', 'gamma']);
    });

    it('gives the same for one row, for "features", CSV and npy', async () => {
      const expected = (await hot.answerTo([1, 2, 3])).body;
      assert.deepEqual((await hot.answerTo({ features: [[1, 2, 3]] })).body, expected);
      const csv = await hot.post('/invocations', 'gamma,beta,alpha\n3,2,1\n', { 'content-type': 'text/csv' });
      assert.deepEqual(await csv.json(), expected);
      const array = Buffer.from(arrays['i8 1d']!, 'base64');
      const npy = await hot.post('/invocations', array, { 'content-type': 'application/x-npy' });
      assert.deepEqual(await npy.json(), expected);
    });

    it("answers on SageMaker's own route and names the variant", async () => {
      const { status, variant, body } = await hot.place.endpoints.invoke('hot', {
        body: '[[1, 2, 3]]',
        contentType: 'application/json',
        variant: 'AllTraffic',
      });
      assert.equal(status, 200);
      assert.equal(variant, 'AllTraffic');
      assert.deepEqual((JSON.parse(Buffer.from(body).toString()) as Answer).predictions, [1]);
    });

    it('names the problem of a bad request', async () => {
      const two = await hot.answerTo([[1, 2]]);
      assert.equal(two.status, 400);
      assert.equal(two.body.error, 'row 1: found 2 columns, expected 3: alpha, beta, gamma');
      const xml = await hot.post('/invocations', '<a/>', { 'content-type': 'application/xml' });
      assert.equal(xml.status, 415);
      assert.match(((await xml.json()) as Answer).error, /^Unsupported content type: application\/xml/);
      const other = await hot.place.endpoints.invoke('hot', {
        body: '[1]',
        contentType: 'application/json',
        variant: 'x',
      });
      assert.equal(other.status, 400);
      assert.match(Buffer.from(other.body).toString(), /there is no variant x; there are: AllTraffic/);
      assert.equal((await hot.post('/endpoints/cold/invocations', '[1,2,3]')).status, 400);
      assert.equal((await hot.post('/nowhere', '')).status, 404);
    });

    it('refuses a body that is too large, and goes on', async () => {
      const large = await hot.post('/predict', `{"features": {"alpha": "${'x'.repeat(2 << 20)}"}}`);
      assert.equal(large.status, 413);
      assert.match(((await large.json()) as Answer).error, /larger than 1024 KiB/);
      assert.equal((await hot.answerTo([1, 2, 3])).status, 200);
    });

    it('tells live figures in the format of Prometheus', async () => {
      await hot.answerTo([1, 2, 3]);
      const response = await fetch(`${hot.info.url}/metrics`, { headers: { authorization: `Bearer ${hot.token}` } });
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
      const answer = await (await hot.post('/endpoints/hot/invocations', '7,7,7', headers)).text();
      await hot.post('/admin/flush', '');
      const records = await hot.captured('hot', 'AllTraffic');
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
      await hot.post('/invocations', '"refused as a whole"');
      await hot.post('/admin/flush', '');
      const inputs = (await hot.captured('hot', 'AllTraffic')).map(({ captureData }) => captureData.endpointInput.data);
      assert.equal(inputs.includes('"refused as a whole"'), false);
    });

    it('counts metrics by which its alarms go off', async () => {
      const before = new Date();
      for (let count = 0; count < 6; count += 1) await hot.post('/invocations', 'no json');
      await hot.post('/admin/flush', '');
      const sum = async (metric: string) => {
        const dimensions = { EndpointName: 'hot', VariantName: 'AllTraffic' };
        const range = { period: 60, from: before, to: new Date() };
        const points = await hot.place.metrics.query({
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
        const points = await hot.place.metrics.query({ ...alarm, ...evaluationRange(alarm, later) });
        states[alarm.name] = evaluateAlarm(alarm, points, undefined, later).state;
      }
      assert.equal(states['hot-Invocation4xxErrors'], 'ALARM');
      assert.equal(states['hot-Invocation5xxErrors'], 'OK');
      assert.equal(states['hot-ModelLatencyP99'], 'OK');
    });

    it('does not count callers without a token', async () => {
      const total = async () => {
        const text = await (
          await fetch(`${hot.info.url}/metrics`, { headers: { authorization: `Bearer ${hot.token}` } })
        ).text();
        return [...text.matchAll(/^mlops_invocations_total\{.*\} (\d+)$/gm)].reduce(
          (n, [, count]) => n + Number(count),
          0,
        );
      };
      const before = await total();
      await hot.post('/invocations', '[1,2,3]', { authorization: 'Bearer no' });
      assert.equal(await total(), before);
    });
  });
});
