import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { AlarmState } from '../../../src/platform/ports/alarms.js';
import type { ModelVersion } from '../../../src/platform/ports/registry.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';

describe('a project that changes', function () {
  this.timeout(120_000);
  let project: MadeProject;
  const inProject = (...args: string[]) => [...args, '--project', project.folder];
  const run = (...flags: string[]) => mlopsJson<Run>(inProject('run', ...flags));
  const stage = (of: Run, name: string) => of.stages.find((record) => record.name === name)!;
  const bucket = (name = 'hdd-failure') => join(project.folder, '.mlops/buckets', name);
  const edit = (from: string | RegExp, to: string) => {
    const file = join(project.folder, 'mlops.json');
    const before = readFileSync(file, 'utf8');
    const after = before.replace(from, to);
    assert.notEqual(after, before, 'the edit changes something');
    writeFileSync(file, after);
  };
  const results = () =>
    newestDocument<MonitoringResults>(project.folder, 'hdd-failure', 'monitoring/runs', 'monitoring_results.json');

  describe('made from the hard-drive sample', () => {
    before(async () => {
      project = await madeProject('hdd-failure', '--sample');
      assert.equal((await run()).error, null);
    });
    after(() => project.remove());

    it('is never judged on rows that the version learned from, whatever becomes of the split', async () => {
      const before = results().n;
      edit('"seed": 42, "train"', '"seed": 43, "train"');
      const moved = await run('features', 'monitor');
      assert.equal(moved.error, null);
      // Half of the entities were train or validation before, and so is half of what is production now.
      assert.ok(results().n < 0.6 * before && results().n > 0.4 * before, `${results().n} of ${before}`);
      edit('"seed": 43, "train"', '"seed": 42, "train"');
      await run('features');
    });

    it('goes back to an earlier configuration when the change is undone', async () => {
      edit('"num_leaves": 15', '"num_leaves": 7');
      const changed = await run('--to', 'deploy');
      const second = stage(changed, 'deploy').figures.modelVersion;
      edit('"num_leaves": 7', '"num_leaves": 15');
      const undone = await run('--to', 'deploy');
      const third = stage(undone, 'deploy').figures.modelVersion;
      assert.notEqual(third, second);
      const { models } = await mlopsJson<{ models: ModelVersion[] }>(inProject('model', 'list'));
      const content = (version: unknown) => models.find((model) => model.version === version)!.metrics;
      assert.deepEqual(content(third), content('v1'));
    });

    it('serves what was trained, also when an interrupted run left another model under the same version', async () => {
      const { models } = await mlopsJson<{ models: ModelVersion[] }>(inProject('model', 'list'));
      const next = `v${models.length + 1}`;
      const stale = readFileSync(join(bucket(), 'artifacts/models/v1/lgb_model.txt'), 'utf8');
      const put = join(project.folder, 'stale.txt');
      writeFileSync(put, stale);
      await mlops(inProject('bucket', 'put', put, `artifacts/models/${next}/lgb_model.txt`));
      edit(/\{\s*"name": "lightgbm"[\s\S]*?\n {6}\}\n/, '');
      edit(/("parameters": \{ "max_iter": 1000 \}\s*\}),\s*\]/, '$1]');
      const again = await run('--to', 'monitor');
      assert.equal(again.error, null);
      assert.equal(stage(again, 'deploy').figures.modelVersion ?? next, next);
      const files = readdirSync(join(bucket(), 'artifacts/models', next));
      assert.ok(files.includes('linear_model.json') && !files.includes('lgb_model.txt'), files.join());
    });

    it('has no alarm that goes off for a time before its endpoint was there', async () => {
      const { alarms } = await mlopsJson<{ alarms: AlarmState[] }>(inProject('alarm', 'list'));
      const traffic = alarms.find(({ name }) => name.endsWith('-NoInvocations'));
      assert.equal(traffic?.definition?.missing, 'breaching');
      assert.deepEqual(
        alarms.filter(({ state }) => state === 'ALARM').map(({ name, reason }) => `${name}: ${reason}`),
        [],
      );
    });

    it('watches the alarms that mlops.json asks for now', async () => {
      const own =
        '"alarms": [{ "name": "busy", "namespace": "AWS/SageMaker", "metric": "Invocations", "statistic": "Sum", "period": 60, "evaluationPeriods": 1, "operator": ">", "threshold": 1000 }],';
      edit('"endpoint": {', `${own}\n  "endpoint": {`);
      const changed = await run('deploy');
      assert.equal(stage(changed, 'deploy').reason, 'the alarms changed');
      const { alarms } = await mlopsJson<{ alarms: AlarmState[] }>(inProject('alarm', 'list'));
      assert.deepEqual(
        alarms.map(({ name }) => name),
        ['busy'],
      );
      assert.equal(stage(await run('deploy'), 'deploy').status, 'skipped');
    });

    it('refuses to train without a column that a candidate names', async () => {
      edit('"columns": ["smart_*"]', '"columns": ["smart_*", "model_nme"]');
      const { code, stderr } = await mlops(inProject('train'));
      assert.equal(code, 2);
      assert.match(
        stderr,
        /mlops\.json:\d+:\d+: model\.candidates\[0\]\.columns: candidate "logistic": found model_nme, which is no column to learn from/,
      );
      edit('"columns": ["smart_*", "model_nme"]', '"columns": ["smart_*"]');
    });

    it('refuses a source that it does not have, and names those it has', async () => {
      const { code, stderr } = await mlops(inProject('run', '--source', 'review=x.csv'));
      assert.equal(code, 2);
      assert.match(
        stderr,
        /--source: found "review", expected one of "backblaze", "reviews" \(did you mean "reviews"\?\)/,
      );
    });

    it('passes over results that another system wrote, and over a run that was killed before it had any', async () => {
      const verdict = results().verdict;
      const foreign = join(project.folder, 'foreign.json');
      writeFileSync(foreign, JSON.stringify({ run_timestamp: '2026-01-01', retrain_needed: false, metrics: {} }));
      await mlops(inProject('bucket', 'put', foreign, 'monitoring/runs/99991231-235958/monitoring_results.json'));
      await mlops(inProject('bucket', 'put', foreign, 'monitoring/runs/99991231-235959/predictions.csv'));
      const status = await mlopsJson<{ verdict: string }>(inProject('status'));
      assert.equal(status.verdict, verdict);
    });

    it('answers with no older results where the newest cannot be read, and names them', async () => {
      const torn = join(project.folder, 'torn.json');
      writeFileSync(torn, '{"kind": "monitoring-results", ');
      const key = 'monitoring/runs/99991231-235957/monitoring_results.json';
      await mlops(inProject('bucket', 'put', torn, key));
      for (const command of [['gate'], ['rows', '--cell', 'tp'], ['retrain']]) {
        const { code, stderr } = await mlops(inProject(...command));
        assert.match(stderr, new RegExp(`${key}: not JSON`), command[0]);
        assert.equal(code, 4, command[0]);
      }
      const status = await mlopsJson<{ verdict: string | null; verdictReason: string }>(inProject('status'));
      assert.deepEqual(
        [status.verdict, status.verdictReason],
        [null, `${key}: not JSON; to judge again run: mlops monitor --force`],
      );
      const { code, stderr } = await mlops(inProject('gate', 'backtest', '--since', '2020-01-01'));
      assert.match(stderr, new RegExp(`left out: ${key}: not JSON`));
      assert.equal(code, 0);
      await mlops(inProject('bucket', 'rm', key));
    });
  });

  describe('made from the failing sample', () => {
    before(async () => (project = await madeProject('hdd-failure', '--sample', '--scenario', 'failing')));
    after(() => project.remove());

    it('asks for retraining once, not on every run on the same data', async () => {
      const first = await run();
      assert.equal(first.verdict, 'fail');
      assert.equal(results().decision.action, 'retrain');
      const triggers = () => readdirSync(join(bucket(), 'monitoring/retrain-triggers')).length;
      assert.equal(triggers(), 1);
      const second = await run();
      assert.equal(second.verdict, 'fail');
      assert.equal(results().decision.action, 'keep');
      assert.match(results().decision.reason, /already retrained/);
      // Building the same rows anew makes no new data of them.
      const rebuilt = await run('features', '--force');
      assert.equal(stage(rebuilt, 'features').status, 'succeeded');
      await run('monitor', 'retrain');
      assert.match(results().decision.reason, /already retrained/);
      assert.equal(triggers(), 1);
    });
  });

  describe('made from the house-price sample', () => {
    before(async () => {
      project = await madeProject('house-prices', '--sample');
      assert.equal((await run()).verdict, 'pass');
    });
    after(() => project.remove());

    it('never takes rows that a retrained version learned from for its baseline', async () => {
      const forced = await run('--force-retrain', '--reason', 'try');
      const { figures } = stage(forced, 'retrain');
      const version = String(figures.to);
      const baseline = JSON.parse(
        readFileSync(
          join(bucket('house-prices'), `artifacts/models/${version}/baselines/monitoring_constraints.json`),
          'utf8',
        ),
      ) as { baseline_metrics: { rmse: number } };
      const quality = readFileSync(
        join(bucket('house-prices'), `artifacts/models/${version}/baselines/model_quality_baseline.csv`),
        'utf8',
      );
      const rows = quality.trim().split('\n').length - 1;
      assert.ok(rows > 60 && rows < 140, `${rows} of 200 test rows are unseen`);
      const judged = newestDocument<MonitoringResults>(
        project.folder,
        'house-prices',
        'monitoring/runs',
        'monitoring_results.json',
      );
      assert.ok(baseline.baseline_metrics.rmse > 0.8 * judged.metrics.rmse!, 'not flattered by rows it knows');
    });
  });
});
