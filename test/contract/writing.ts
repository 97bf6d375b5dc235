import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../src/documents/ledger.js';
import type { ModelVersion } from '../../src/platform/ports/registry.js';
import { temporaryFolder } from '../support/temporary.js';
import { keysOf, subjectOf, writersOf, type Subject, type Use } from './environment.js';
import { alarmWriting, endpointWriting, metricWriting } from './writing-serving.js';

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
