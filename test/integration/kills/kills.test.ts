import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelVersion } from '../../../src/platform/ports.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson, startCli } from '../../support/cli.js';

/** How many runs are killed; set MLOPS_KILLS for more, MLOPS_KILLS_SEED to repeat a series. */
const kills = Number(process.env.MLOPS_KILLS ?? 10);
const seed = Number(process.env.MLOPS_KILLS_SEED ?? Date.now() % 2 ** 31);
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
      const where = lastEvent(folder);
      const run = await mustRun(folder);
      assert.deepEqual(await stateOf(folder), undisturbed, `killed after ${Math.round(moment)} ms, ${where}`);
      assert.deepEqual(halfWritten(folder), [], `killed after ${Math.round(moment)} ms, ${where}`);
      assert.equal(run.status, 'succeeded');
      const { runs } = await mlopsJson<{ runs: Run[] }>(['runs', 'list', '--project', folder]);
      const others = runs.filter(({ id }) => id !== run.id).map(({ status }) => status);
      assert.ok(
        others.every((status) => status === 'interrupted' || status === 'succeeded'),
        others.join(),
      );
      await remove(folder);
    });
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

/** What must be the same: partitions, rows and members of every part, versions by content, the verdict with its gates. */
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
  return {
    files: files.sort(),
    members,
    models: models.map(({ version, name, status, metrics }) => ({ version, name, status, metrics })),
    gates: gates.map(({ id, status, value }) => ({ id, status, value })),
    verdict,
  };
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
