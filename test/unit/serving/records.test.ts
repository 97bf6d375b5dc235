import assert from 'node:assert/strict';
import type { MetricDatum } from '../../../src/platform/ports/metrics.js';
import { captureLog } from '../../../src/serving/capture.js';
import type { Exchange } from '../../../src/serving/capture-line.js';
import { meter } from '../../../src/serving/metrics/meter.js';
import { chooseVariant, type Serving } from '../../../src/serving/traffic.js';

const at = new Date('2026-11-21T09:31:05.250Z');
const exchange = (change: Partial<Exchange> = {}): Exchange => ({
  ...{ at, variant: 'AllTraffic' },
  input: { contentType: 'application/json', body: Buffer.from('[1]') },
  output: { contentType: 'application/json', body: '{}' },
  ...change,
});

describe('data capture', () => {
  it('writes one file a variant and hour, in the order of the requests', async () => {
    const files = new Map<string, string>();
    const log = captureLog('hot', (key, body) => Promise.resolve(void files.set(key, Buffer.from(body).toString())));
    log.add(exchange({ inferenceId: 'one' }));
    log.add(exchange({ variant: 'green' }));
    log.add(exchange({ inferenceId: 'two' }));
    log.add(exchange({ at: new Date('2026-11-21T10:00:00Z') }));
    await log.flush();
    await log.flush();
    const folders = [...files.keys()].map((key) => key.slice(0, key.lastIndexOf('/')));
    const root = 'monitoring/data-capture/hot';
    assert.deepEqual(folders, [
      `${root}/AllTraffic/2026/11/21/09`,
      `${root}/green/2026/11/21/09`,
      `${root}/AllTraffic/2026/11/21/10`,
    ]);
    assert.match([...files.keys()][0]!, /\/31-05-250-[0-9a-f-]{36}\.jsonl$/);
    const lines = [...files.values()][0]!.trimEnd().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { eventMetadata: { inferenceId: string } }).eventMetadata);
    assert.deepEqual(
      ids.map(({ inferenceId }) => inferenceId),
      ['one', 'two'],
    );
  });

  it('keeps what could not be written for the next time', async () => {
    let full = true;
    const written: string[] = [];
    const log = captureLog('hot', (_, body) => {
      if (full) return Promise.reject(new Error('the disk is full'));
      written.push(Buffer.from(body).toString());
      return Promise.resolve();
    });
    log.add(exchange({ inferenceId: 'one' }));
    await assert.rejects(log.flush(), /the disk is full/);
    log.add(exchange({ inferenceId: 'two' }));
    full = false;
    await log.flush();
    assert.match(written.join(''), /"one"[^]*"two"/);
  });

  it('encodes arrays as base64', async () => {
    let body = '';
    const log = captureLog('hot', (_, bytes) => Promise.resolve(void (body = Buffer.from(bytes).toString())));
    log.add(exchange({ input: { contentType: 'application/x-npy', body: Uint8Array.of(0x93, 0xff) } }));
    await log.flush();
    const record = JSON.parse(body) as { captureData: { endpointInput: { data: string; encoding: string } } };
    assert.equal(record.captureData.endpointInput.encoding, 'BASE64');
    assert.equal(record.captureData.endpointInput.data, 'k/8=');
  });
});

describe('the meter', () => {
  type Put = [string, MetricDatum[]];
  const seen = { at, variant: 'AllTraffic', status: 200, modelLatency: 1200.4, overheadLatency: 300 };

  it('counts by the minute under the names of SageMaker', async () => {
    const puts: Put[] = [];
    const counted = meter('hot', (...put) => Promise.resolve(void puts.push(put)));
    counted.invocation(seen);
    counted.invocation({ ...seen, status: 400, modelLatency: undefined });
    await counted.flush();
    const found = (metric: string) =>
      puts
        .flatMap(([, data]) => data)
        .filter((datum) => datum.metric === metric)
        .map(({ value, count }) => [value, count]);
    assert.deepEqual(found('Invocations'), [[1, 2]]);
    assert.deepEqual(found('Invocation4XXErrors'), [
      [0, 1],
      [1, 1],
    ]);
    assert.deepEqual(found('Invocation5XXErrors'), [[0, 2]]);
    assert.deepEqual(found('ModelLatency'), [[1200, 1]]);
    const [namespace, [datum]] = puts[0]!;
    assert.equal(namespace, 'AWS/SageMaker');
    assert.equal(datum?.at.toISOString(), '2026-11-21T09:31:00.000Z');
    assert.deepEqual(datum?.dimensions, { EndpointName: 'hot', VariantName: 'AllTraffic' });
  });

  it('keeps a minute of many different latencies small, and close', async () => {
    const data: MetricDatum[] = [];
    const counted = meter('hot', (_, put) => Promise.resolve(void data.push(...put)));
    for (let value = 1; value <= 5000; value += 1) counted.invocation({ ...seen, modelLatency: 100_000 + value });
    await counted.flush();
    const latencies = data.filter(({ metric }) => metric === 'ModelLatency');
    assert.ok(latencies.length <= 150);
    assert.equal(
      latencies.reduce((sum, { count = 1 }) => sum + count, 0),
      5000,
    );
    assert.ok(latencies.every(({ value }) => value >= 99_500 && value <= 105_500));
  });

  it('counts on what could not be stored', async () => {
    let full = true;
    const puts: Put[] = [];
    const counted = meter('hot', (...put) => {
      if (full) return Promise.reject(new Error('the disk is full'));
      puts.push(put);
      return Promise.resolve();
    });
    counted.invocation(seen);
    await assert.rejects(counted.flush(), /full/);
    counted.invocation(seen);
    full = false;
    await counted.flush();
    const invocations = puts.flatMap(([, data]) => data).filter(({ metric }) => metric === 'Invocations');
    assert.deepEqual(
      invocations.map(({ count }) => count),
      [2],
    );
  });
});

describe('traffic', () => {
  const predictor = undefined as never;
  const variants = [
    { name: 'blue', modelVersion: 'v1', weight: 3, predictor },
    { name: 'green', modelVersion: 'v2', weight: 1, predictor },
  ];
  const serving: Serving = { config: { name: 'hot', group: 'g', variants, capture: 1 }, variants };

  it('is shared by weight', () => {
    const names = [0, 0.5, 0.74, 0.75, 0.999].map((chance) => chooseVariant(serving, undefined, chance).name);
    assert.deepEqual(names, ['blue', 'blue', 'blue', 'green', 'green']);
  });

  it('goes to the variant that is asked for, whatever the weights', () => {
    assert.equal(chooseVariant(serving, 'green', 0).name, 'green');
    assert.throws(() => chooseVariant(serving, 'red', 0), { status: 400 });
  });
});
