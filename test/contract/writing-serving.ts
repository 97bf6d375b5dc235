import assert from 'node:assert/strict';
import { type Use, writersOf } from './environment.js';

/** Endpoints, what they are measured by, and the alarms that watch them. */
export function endpointWriting(use: Use): void {
  const name = 'writing-endpoint';
  const asked = (modelVersion: string, capture = 1) => ({
    ...{ name, group: 'writing-served', capture },
    variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
  });

  it('deploys, replaces, and remembers what was there before', async function () {
    const { servable } = use().fill;
    this.timeout(60_000);
    for (const number of [1, 2]) await servable('writing-served', number);
    const { endpoints } = writersOf(use);
    const first = await endpoints.deploy(asked('v1'));
    assert.equal(first.status, 'InService');
    assert.deepEqual(first.serving, asked('v1').variants);
    assert.deepEqual((await endpoints.deploy(asked('v1'))).serving, first.serving);
    const second = await endpoints.deploy(asked('v2', 0.5));
    assert.deepEqual(second.serving, asked('v2').variants);
    assert.equal(second.config.capture, 0.5);
    assert.equal(second.config.group, 'writing-served');
    assert.deepEqual(second.previous?.variants, asked('v1').variants);
  });

  it('is the project’s once it was deployed from here, as a list and a description say', async () => {
    const { endpoints } = use().environment;
    const listed = (await endpoints.list()).items.find((item) => item.name === name);
    assert.equal(listed?.ours, true);
    assert.equal((await endpoints.describe(name))?.ours, true);
  });

  it('splits traffic, and shifts it', async function () {
    this.timeout(60_000);
    const { endpoints } = writersOf(use);
    const split = (weight: number) => ({
      ...asked('v1'),
      variants: [
        { name: 'Baseline', modelVersion: 'v1', weight: 1 - weight },
        { name: 'Candidate', modelVersion: 'v2', weight },
      ],
    });
    assert.deepEqual((await endpoints.deploy(split(0.25))).serving, split(0.25).variants);
    assert.deepEqual((await endpoints.deploy(split(0.5))).serving, split(0.5).variants);
  });

  it('stops, is listed as stopped, and starts again as it was', async function () {
    this.timeout(60_000);
    const { endpoints } = writersOf(use);
    const before = await use().environment.endpoints.describe(name);
    await endpoints.stop(name);
    const { items } = await use().environment.endpoints.list();
    assert.equal(items.find((item) => item.name === name)?.status, 'Stopped');
    assert.equal((await use().environment.endpoints.describe(name))?.status, 'Stopped');
    const started = await endpoints.start(name);
    assert.equal(started.status, 'InService');
    assert.deepEqual(started.serving, before?.serving);
    assert.deepEqual(started.config, before?.config);
  });

  it('removes an endpoint', async function () {
    this.timeout(60_000);
    await writersOf(use).endpoints.remove(name);
    assert.equal(await use().environment.endpoints.describe(name), undefined);
    const { items } = await use().environment.endpoints.list();
    assert.equal(
      items.some((item) => item.name === name),
      false,
    );
  });

  it('does not deploy what no version or traffic has', async () => {
    const { endpoints } = writersOf(use);
    await assert.rejects(endpoints.deploy({ ...asked('v1'), variants: [] }), /has no variant/);
    const silent = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 0 }];
    await assert.rejects(endpoints.deploy({ ...asked('v1'), variants: silent }), /weight above 0/);
    await assert.rejects(endpoints.start('writing-none'), /writing-none/);
    await assert.rejects(endpoints.stop('writing-none'), /writing-none/);
  });
}

export function metricWriting(use: Use): void {
  it('stores a distribution: several values with how often each was seen', async () => {
    const start = new Date(Math.floor(Date.now() / 600_000) * 600_000 - 600_000);
    const dimensions = { EndpointName: 'distribution' };
    const data = [1, 2, 10].map((value, index) => {
      return { metric: 'Latency', dimensions, value, count: 3 - index, unit: 'Microseconds', at: start };
    });
    await writersOf(use).metrics.put('Writing', data);
    const ask = async (statistic: string) => {
      const to = new Date(start.getTime() + 600_000);
      const query = { namespace: 'Writing', metric: 'Latency', dimensions, statistic, period: 600, from: start, to };
      return (await use().environment.metrics.query(query))[0]?.value;
    };
    assert.equal(await ask('SampleCount'), 6);
    assert.equal(await ask('Sum'), 17);
    assert.equal(await ask('Maximum'), 10);
  });
}

const alarm = {
  ...{ name: 'writing errors/5xx', namespace: 'Writing', metric: 'Errors', dimensions: { EndpointName: 'w' } },
  ...{ statistic: 'Sum', period: 60, evaluationPeriods: 1, operator: '>=' as const, threshold: 3 },
  missing: 'notBreaching' as const,
};

export function alarmWriting(use: Use): void {
  it('goes off by stored metrics, records the transition once, and keeps its state when it is changed', async () => {
    const { alarms, metrics } = writersOf(use);
    const read = use().environment.alarms;
    await alarms.put([alarm]);
    const at = new Date(Date.now() - 60_000);
    await metrics.put('Writing', [{ metric: 'Errors', dimensions: { EndpointName: 'w' }, value: 1, count: 5, at }]);
    const state = (await alarms.record()).find((one) => one.name === alarm.name);
    assert.equal(state?.state, 'ALARM', state?.reason);
    assert.equal(state.latest, 5);
    await alarms.record();
    const { items } = await read.history(alarm.name);
    assert.deepEqual(
      items.map(({ from, to }) => [from, to]),
      [['INSUFFICIENT_DATA', 'ALARM']],
    );
    await alarms.put([{ ...alarm, threshold: 4 }]);
    const changed = (await read.list()).items.find((one) => one.name === alarm.name);
    assert.equal(changed?.definition?.threshold, 4);
    assert.equal(changed.state, 'ALARM');
    assert.equal(changed.since, state.since);
  });

  it('removes alarms by name', async () => {
    const { alarms } = writersOf(use);
    await alarms.put([{ ...alarm, name: 'writing-removed' }]);
    await alarms.remove(['writing-removed']);
    const names = (await use().environment.alarms.list()).items.map(({ name }) => name);
    assert.equal(names.includes('writing-removed'), false);
  });

  it('refuses a metric value that is no number', async () => {
    const data = [{ metric: 'Errors', dimensions: {}, value: Number.NaN, at: new Date() }];
    await assert.rejects(writersOf(use).metrics.put('Writing', data), /NaN/);
  });
}
