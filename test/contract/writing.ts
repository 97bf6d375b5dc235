import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../src/documents/ledger.js';
import type { ModelVersion } from '../../src/platform/ports/registry.js';
import { temporaryFolder } from '../support/temporary.js';
import { keysOf, subjectOf, type Subject, type Use } from './environment.js';

/** What every place answers that may be written to. */
export function describeWritePorts(name: string, make: () => Promise<Subject>): void {
  describe(`${name}, write`, () => {
    const use = subjectOf(make);
    objectWriting(use);
    featureWriting(use);
    registryWriting(use);
    endpointWriting(use);
    metricWriting(use);
    ledgerWriting(use);
    alarmWriting(use);
    leaseWriting(use);
  });
}

const writersOf = (use: Use) => use().environment.writers('test writing');

function objectWriting(use: Use): void {
  it('replaces an object whole', async () => {
    const { objects } = writersOf(use);
    await objects.put('writing/a.txt', 'a long first text');
    await objects.put('writing/a.txt', 'short');
    assert.equal(Buffer.from((await use().environment.objects.read('writing/a.txt'))!).toString(), 'short');
  });

  it('does not replace an object that must be absent', async () => {
    const { objects } = writersOf(use);
    await objects.put('writing/once.txt', 'first', { ifAbsent: true });
    await assert.rejects(objects.put('writing/once.txt', 'second', { ifAbsent: true }), /writing\/once\.txt/);
    assert.equal(Buffer.from((await use().environment.objects.read('writing/once.txt'))!).toString(), 'first');
  });

  it('takes over a finished file', async () => {
    const { objects } = writersOf(use);
    const folder = temporaryFolder();
    const path = join(folder.path, 'finished');
    writeFileSync(path, 'finished');
    await objects.putFile('writing/file.bin', path);
    assert.equal(Buffer.from((await use().environment.objects.read('writing/file.bin'))!).toString(), 'finished');
    folder.remove();
  });

  it('removes an object, and with the last one its folder; what is not there is removed already', async () => {
    const { objects } = writersOf(use);
    await objects.put('writing/gone/deep/a.txt', 'x');
    await objects.remove('writing/gone/deep/a.txt');
    await objects.remove('writing/gone/deep/a.txt');
    assert.equal((await keysOf(use().environment, 'writing/', { folders: true })).includes('writing/gone/'), false);
  });

  for (const key of ['../outside', '/absolute', 'a:b', 'folder/'])
    it(`does not write to the key ${JSON.stringify(key)}`, async () => {
      await assert.rejects(writersOf(use).objects.put(key, 'x'), /is not a key/);
    });
}

function featureWriting(use: Use): void {
  const group = (rows: number) => ({
    name: 'writing-train',
    recordId: 'record_id',
    eventTime: 'event_time',
    features: [{ name: 'area', type: 'Fractional' as const }],
    rows,
    updatedAt: '2026-11-21T09:00:00.000Z',
  });

  it('keeps a feature group through a new build, and tells its rows without counting', async () => {
    const { features } = writersOf(use);
    await features.define(group(10));
    const first = await use().environment.features.describe('writing-train');
    await features.define(group(12));
    const second = await use().environment.features.describe('writing-train');
    assert.equal(second?.createdAt, first?.createdAt);
    assert.equal(second?.rows, 12);
    assert.equal(second.updatedAt, '2026-11-21T09:00:00.000Z');
  });

  it('appends Parquet under the partition of its event time', async () => {
    const { features } = writersOf(use);
    await features.define(group(1));
    const folder = temporaryFolder();
    const path = join(folder.path, 'part.parquet');
    writeFileSync(path, 'PAR1');
    const key = await features.append('writing-train', path, new Date('2026-11-21T09:31:05Z'));
    assert.match(key, /\/data\/year=2026\/month=11\/day=21\/hour=09\/20261121T093105Z_[A-Za-z0-9]{16}\.parquet$/);
    const described = await use().environment.features.describe('writing-train');
    assert.ok(key.startsWith(described!.prefix!));
    assert.equal((await use().environment.features.files('writing-train')).length, 1);
    folder.remove();
  });

  it('does not append to a group that was never defined', async () => {
    await assert.rejects(writersOf(use).features.append('writing-none', '/nowhere', new Date()), /writing-none/);
  });
}

export function versionOf(group: string, version: string): ModelVersion {
  return {
    ...{ group, version, status: 'Approved', description: 'a model', createdAt: '2026-11-21T09:00:00.000Z' },
    ...{ artifacts: `artifacts/models/${version}/`, sha256: 'ab'.repeat(32), name: 'trees', family: 'lightgbm' },
    ...{ metrics: { recall: 0.8, precision: null }, metadata: { threshold: '0.5' } },
  };
}

function registryWriting(use: Use): void {
  it('numbers versions on, and never registers one twice', async () => {
    const { registry } = writersOf(use);
    assert.equal(await registry.nextVersion('writing'), 'v1');
    await registry.register(versionOf('writing', 'v1'));
    assert.equal(await registry.nextVersion('writing'), 'v2');
    await assert.rejects(registry.register(versionOf('writing', 'v1')), /v1 is registered already/);
    assert.deepEqual(await use().environment.registry.get('writing', 'v1'), versionOf('writing', 'v1'));
  });

  it('changes the approval of a version and nothing else', async () => {
    const { registry } = writersOf(use);
    await registry.register(versionOf('writing-status', 'v1'));
    await registry.setStatus('writing-status', 'v1', 'Rejected', 'fails on the test set');
    const found = await use().environment.registry.get('writing-status', 'v1');
    assert.equal(found?.status, 'Rejected');
    assert.equal(found.sha256, versionOf('writing-status', 'v1').sha256);
    await assert.rejects(registry.setStatus('writing-status', 'v9', 'Approved', ''), /v9/);
  });
}

function endpointWriting(use: Use): void {
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

function metricWriting(use: Use): void {
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

function ledgerWriting(use: Use): void {
  it('keeps the order of entries of one moment', async () => {
    const at = '2026-11-21T10:00:00.000Z';
    const entry = { kind: 'ledger-entry' as const, schemaVersion: 1 as const, at, who: 'test', what: 'deploy' };
    const rest = { from: null, to: 'v1', outcome: 'recorded', trigger: null, evidence: [] };
    for (const why of ['first', 'second'])
      await writersOf(use).ledger.append({ ...entry, ...rest, why } as LedgerEntry);
    const { items } = await use().environment.ledger.list({ limit: 2 });
    assert.deepEqual(
      items.map(({ why }) => why),
      ['second', 'first'],
    );
  });
}

const alarm = {
  ...{ name: 'writing errors/5xx', namespace: 'Writing', metric: 'Errors', dimensions: { EndpointName: 'w' } },
  ...{ statistic: 'Sum', period: 60, evaluationPeriods: 1, operator: '>=' as const, threshold: 3 },
  missing: 'notBreaching' as const,
};

function alarmWriting(use: Use): void {
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

function leaseWriting(use: Use): void {
  it('has one holder at a time; the second waits, is told who, and gets it after', async () => {
    const { lease } = writersOf(use);
    const first = await lease.acquire('run one');
    assert.equal((await use().environment.lease.holder())?.purpose, 'run one');
    const told: string[] = [];
    let waiting!: () => void;
    const waits = new Promise<void>((resolve) => (waiting = resolve));
    const second = lease.acquire('run two', {
      onWait(holder) {
        told.push(holder.purpose);
        waiting();
      },
    });
    await waits;
    await first.release();
    const held = await second;
    assert.deepEqual(told, ['run one']);
    assert.equal((await use().environment.lease.holder())?.purpose, 'run two');
    await held.release();
    assert.equal(await use().environment.lease.holder(), undefined);
  });

  it('stops waiting when it is cancelled', async () => {
    const { lease } = writersOf(use);
    const first = await lease.acquire('run one');
    const cancel = new AbortController();
    const second = lease.acquire('run two', { signal: cancel.signal, onWait: () => cancel.abort() });
    await assert.rejects(second, /cancelled/);
    await first.release();
  });
}
