import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

describe('a run in which nothing changed', function () {
  this.timeout(120_000);
  let project: TableProject;
  let first: Run;
  const at = (...words: string[]) => [...words, '--project', project.folder];
  const run = (...words: string[]) => mlopsJson<Run>(at('run', ...words));
  const monitored = ({ stages }: Run) => stages.find(({ name }) => name === 'monitor')!;
  const results = () => readdirSync(join(project.folder, '.mlops/buckets/customers/monitoring/runs'));
  /** The next run judges. */
  const judges = async (words: RegExp) => {
    const before = results().length;
    const again = monitored(await run());
    assert.equal(again.status, 'succeeded', again.reason);
    assert.match(again.reason, words);
    assert.equal(results().length, before + 1);
  };

  before(async () => {
    project = await tableProject(600);
    first = await run();
    assert.equal(first.error, null);
    // Whether a version was retrained on this data is part of the verdict.
    await run();
  });
  after(() => project.remove());

  it('judges nothing anew: every stage is skipped and says so, and the verdict stands, with its exit code', async () => {
    const before = results();
    const { code, stdout } = await mlops(at('run', '--json'));
    const again = JSON.parse(stdout) as Run;
    assert.deepEqual(new Set(again.stages.map(({ status }) => status)), new Set(['skipped']));
    assert.match(monitored(again).reason, /^unchanged: the verdict of run \S+ stands$/);
    assert.deepEqual(results(), before);
    assert.equal(again.verdict, first.verdict);
    assert.equal(code, { pass: 0, warn: 0, fail: 1, inconclusive: 3, error: 4 }[again.verdict!]);
  });

  it('keeps a verdict that failed: a run that is repeated does not become well by that', async () => {
    project.edit(/"roc_auc >= 0.55"[^}]*"retrain"/, '"roc_auc >= 0.9999"');
    const failed = await mlops(at('run'));
    assert.equal(failed.code, 1, failed.stderr);
    const again = await mlops(at('run'));
    assert.equal(again.code, 1);
    assert.match(again.stdout + again.stderr, /monitor.*unchanged/);
  });

  it('judges anew once a waiver is given, ends, or is past its day', async () => {
    const waive = await mlops(
      at('waive', 'useful', '--owner', 'ops', '--reason', 'late labels', '--until', '2100-01-01'),
    );
    assert.equal(waive.code, 0, waive.stderr);
    await judges(/what it judges or judges by changed/);
    const file = join(project.folder, '.mlops/buckets/customers/monitoring/overrides/local.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"until":\s*"2100-01-01[^"]*"/, '"until": "2020-01-01"'));
    await judges(/what it judges or judges by changed/);
  });

  it('judges anew once an override counts, and once it is over', async () => {
    await mlops(at('override', 'set', 'force-skip-retrain', '--reason', 'frozen', '--until', '2100-01-01'));
    await judges(/changed/);
    await mlops(at('override', 'clear', 'force-skip-retrain', '--reason', 'thawed'));
    await judges(/changed/);
  });

  it('judges anew when a file of the version was touched, the newest verdict is gone or cannot be read', async () => {
    const bucket = join(project.folder, '.mlops/buckets/customers');
    const versions = readdirSync(join(bucket, 'artifacts/models'));
    const now = new Date();
    for (const version of versions)
      for (const name of readdirSync(join(bucket, 'artifacts/models', version, 'baselines')))
        utimesSync(join(bucket, 'artifacts/models', version, 'baselines', name), now, now);
    await judges(/changed/);
    rmSync(join(bucket, 'monitoring/runs', results().sort().at(-1)!), { recursive: true });
    await judges(/its last verdict is not the newest/);
    writeFileSync(join(bucket, 'monitoring/runs', results().sort().at(-1)!, 'monitoring_results.json'), '{ "kind"');
    await judges(/its last verdict is not the newest/);
  });

  it('always judges where monitoring is asked for by itself, and where it is forced', async () => {
    assert.match(monitored(await mlopsJson<Run>(at('monitor'))).reason, /asked for by itself/);
    assert.match(monitored(await run('--force', '--to', 'monitor')).reason, /forced/);
  });
});
