import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../src/documents/ledger.js';
import type { AlarmState } from '../../../src/platform/ports/alarms.js';
import type { ModelVersion } from '../../../src/platform/ports/registry.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson, startCli } from '../../support/cli.js';
import { triedHere } from '../../support/tried-here.js';

/** How many runs are killed; set MLOPS_KILLS for more, as at night, MLOPS_KILLS_SEED to repeat a series. */
const kills = Number(process.env.MLOPS_KILLS ?? 1);
const seed = Number(process.env.MLOPS_KILLS_SEED ?? Date.now() % 2 ** 31);
/** Files between whose writing and the next a run is easily half done. Where chance rarely hits, the killing is aimed. */
const aimed = [
  /curated\/.*\.parquet$/,
  /runs\/state\/features\.json$/,
  /artifacts\/models\/v1\/model\.tar\.gz$/,
  /registry\/.*v1/,
  /endpoints\/hdd-failure\/.*config/,
  /alarms\/.*\.json$/,
  /monitoring\/runs\/.*predictions\.csv$/,
];
const parts = ['train', 'validation', 'test', 'production'];

describe(`a run killed at any moment (${kills} kills, MLOPS_KILLS_SEED=${seed})`, function () {
  this.timeout(kills * 120_000 + 120_000);
  const root = mkdtempSync(join(tmpdir(), 'mlops-kills-'));
  const fresh = join(root, 'fresh');
  const random = generator(seed);
  let undisturbed: Awaited<ReturnType<typeof stateOf>>;
  let duration = 0;

  before(async () => {
    const made = await mlops(['init', 'hdd-failure', fresh, '--sample']);
    assert.equal(made.code, 0, made.stderr);
    const folder = await copy('undisturbed');
    const started = performance.now();
    await mustRun(folder);
    duration = performance.now() - started;
    undisturbed = await stateOf(folder);
    await remove(folder);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  for (let number = 1; number <= kills; number += 1) {
    it(`kill ${number}: running again gives the rows, parts, model and verdict of an undisturbed run`, async () => {
      const folder = await copy(`kill-${number}`);
      const moment = random() * duration;
      const child = startCli(['run', '--project', folder]);
      const closed = once(child, 'close');
      const timer = setTimeout(() => child.kill('SIGKILL'), moment);
      await closed;
      clearTimeout(timer);
      await recovers(folder, `killed after ${Math.round(moment)} ms`);
    });
  }

  // By day other ones every day.
  const today = Math.floor(Date.now() / 86_400_000) % aimed.length;
  for (const name of triedHere([...aimed.slice(today), ...aimed.slice(0, today)], 2)) {
    it(`killed as soon as ${name.source} is there: running again gives the same`, async () => {
      const folder = await copy(`aimed-${aimed.indexOf(name)}`);
      mkdirSync(join(folder, '.mlops'), { recursive: true });
      const child = startCli(['run', '--project', folder]);
      const closed = once(child, 'close');
      let hit = false;
      const watcher = watch(join(folder, '.mlops'), { recursive: true }, (_event, file) => {
        if (hit || file === null || file.startsWith('tmp') || !name.test(file)) return;
        hit = true;
        child.kill('SIGKILL');
      });
      await closed;
      watcher.close();
      assert.ok(hit, 'the file appeared');
      await recovers(folder, `killed at ${name.source}`);
    });
  }

  /** Runs again, and finds everything as if nothing had happened. */
  async function recovers(folder: string, killed: string): Promise<void> {
    const where = `${killed}, ${lastEvent(folder)}`;
    const run = await mustRun(folder);
    assert.deepEqual(await stateOf(folder), undisturbed, where);
    assert.deepEqual(halfWritten(folder), [], where);
    assert.equal(run.status, 'succeeded');
    const { runs } = await mlopsJson<{ runs: Run[] }>(['runs', 'list', '--project', folder]);
    const others = runs.filter(({ id }) => id !== run.id).map(({ status }) => status);
    assert.ok(
      others.every((status) => status === 'interrupted' || status === 'succeeded'),
      others.join(),
    );
    await remove(folder);
  }

  function copy(name: string): Promise<string> {
    const folder = join(root, name);
    return cp(fresh, folder, { recursive: true }).then(() => folder);
  }
});

async function mustRun(folder: string): Promise<Run> {
  const run = await mlopsJson<Run>(['run', '--project', folder]);
  assert.equal(run.error ?? null, null, JSON.stringify(run.error));
  return run;
}

/** What must be the same: partitions, members of every part, versions, what is served and watched, ledger, verdict with its gates. */
async function stateOf(folder: string) {
  const curated = join(folder, '.mlops/buckets/hdd-failure/curated');
  const files = readdirSync(curated, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
  const members: Record<string, string> = {};
  for (const part of parts) {
    const target = join(folder, `${part}.csv`);
    const exported = await mlops(['feature-group', 'export', `hdd-failure-${part}`, target, '--project', folder]);
    assert.equal(exported.code, 0, exported.stderr);
    members[part] = withoutEventTime(readFileSync(target, 'utf8'));
  }
  const { models } = await mlopsJson<{ models: ModelVersion[] }>(['model', 'list', '--project', folder]);
  const { gates, verdict } = newestResults(folder);
  const endpoint = await mlopsJson<{ modelVersion: string; status: string }>([
    'endpoint',
    'show',
    'hdd-failure',
    '--project',
    folder,
  ]);
  const { alarms } = await mlopsJson<{ alarms: AlarmState[] }>(['alarm', 'list', '--project', folder]);
  return {
    served: [endpoint.status, endpoint.modelVersion],
    alarms: alarms.map(({ name }) => name),
    ledger: ledgerOf(folder),
    files: files.sort(),
    members,
    models: models.map(({ version, name, status, metrics }) => ({ version, name, status, metrics })),
    gates: gates.map(({ id, status, value }) => ({ id, status, value })),
    verdict,
  };
}

/** What happened, each thing once: a run that was killed before it could write may do it, and say so, again. */
function ledgerOf(folder: string): string[] {
  const entries = join(folder, '.mlops/buckets/hdd-failure/ledger');
  const read = (name: string) => JSON.parse(readFileSync(join(entries, name), 'utf8')) as LedgerEntry;
  const told = readdirSync(entries).map(read);
  const kept = told.filter(({ what }) => what !== 'lease-taken-over');
  return [...new Set(kept.map(({ what, to, outcome }) => `${what} ${to} ${outcome}`))].sort();
}

function withoutEventTime(csv: string): string {
  const [header, ...rows] = csv.trim().split('\n');
  const at = header!.split(',').indexOf('event_time');
  return [header!, ...rows]
    .map((row) =>
      row
        .split(',')
        .filter((_, column) => column !== at)
        .join(),
    )
    .join('\n');
}

function newestResults(folder: string): MonitoringResults {
  const runs = join(folder, '.mlops/buckets/hdd-failure/monitoring/runs');
  const newest = readdirSync(runs).sort().at(-1)!;
  return JSON.parse(readFileSync(join(runs, newest, 'monitoring_results.json'), 'utf8')) as MonitoringResults;
}

/** Files under a temporary name anywhere in the bucket, and anything left in the folders for half-finished work. */
function halfWritten(folder: string): string[] {
  const bucket = join(folder, '.mlops/buckets');
  const temporary = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(tmp|part)\b/.test(name),
  );
  const left = ['scratch', 'tmp'].flatMap((name) => {
    const path = join(folder, '.mlops', name);
    return existsSync(path) ? readdirSync(path).map((entry) => `${name}/${entry}`) : [];
  });
  return [...temporary, ...left];
}

function lastEvent(folder: string): string {
  const runs = join(folder, '.mlops/runs');
  if (!existsSync(runs)) return 'before the run began';
  const events = join(runs, readdirSync(runs).sort().at(-1)!, 'events.jsonl');
  return `last event ${existsSync(events) ? readFileSync(events, 'utf8').trim().split('\n').at(-1)! : 'none'}`;
}

async function remove(folder: string): Promise<void> {
  await mlops(['endpoint', 'delete', 'hdd-failure', '--project', folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** Lehmer's generator, so that a series of moments can be repeated. */
function generator(start: number): () => number {
  let state = (start % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
