import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { MonitoringResults, RetrainTrigger } from '../../../src/documents/monitoring.js';
import type { LedgerEntry } from '../../../src/documents/ledger.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, realDays, type MadeProject } from '../../support/projects.js';
import { describeWithData } from '../../support/shared-data.js';

describeWithData('25 real days of drives, from a zip to a verdict', 'backblaze', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let sources: string[];
  let first: Run;
  const bucket = () => join(project.folder, '.mlops/buckets/hdd-failure');
  const run = (...flags: string[]) => mlopsJson<Run>(['run', '--project', project.folder, ...sources, ...flags]);
  const stage = (of: Run, name: string) => of.stages.find((record) => record.name === name)!;
  const results = () =>
    newestDocument<MonitoringResults>(project.folder, 'hdd-failure', 'monitoring/runs', 'monitoring_results.json');

  before(async () => {
    project = await madeProject('hdd-failure');
    sources = realDays(project.folder);
    first = await run();
  });
  after(() => project.remove());

  it('takes in every day and divides every drive once', () => {
    assert.equal(first.error, null);
    assert.equal(stage(first, 'ingest').figures.backblaze_rows, 539_754);
    assert.equal(stage(first, 'ingest').figures.backblaze_failure, 62);
    const sizes = ['train', 'validation', 'test', 'production'].map(
      (part) => stage(first, 'features').figures[`rows_${part}`],
    );
    assert.deepEqual(sizes, [8786, 2196, 2196, 8787]);
  });

  it('judges both models on validation, test and production', async () => {
    const { stdout } = await mlops(['bucket', 'cat', 'artifacts/eval/v1/evaluation.json', '--project', project.folder]);
    const { models, chosen } = JSON.parse(stdout) as Evaluation;
    assert.deepEqual(
      models.map(({ name }) => name),
      ['logistic', 'lightgbm'],
    );
    assert.ok(models.some(({ name }) => name === chosen));
    for (const { evaluations, name } of models) {
      const n = Object.fromEntries(evaluations.map(({ split, figures }) => [split, figures.n]));
      assert.deepEqual(n, { train: 8786, validation: 2196, test: 2196, production: 8787 }, name);
    }
  });

  it('leaves every artifact of a version in the bucket', () => {
    const files = [
      'artifacts/models/v1/model.tar.gz',
      'artifacts/models/v1/model_metadata.json',
      'artifacts/models/v1/model_card.json',
      'artifacts/models/v1/baselines/data_quality_baseline.json',
      'artifacts/models/v1/baselines/training_data_baseline.csv',
      'artifacts/models/v1/baselines/model_quality_baseline.csv',
      'artifacts/models/v1/baselines/monitoring_constraints.json',
      'artifacts/eval/v1/evaluation_metrics.json',
    ];
    assert.deepEqual(
      files.filter((file) => !existsSync(join(bucket(), file))),
      [],
    );
  });

  it('answers every gate with a value, a threshold, n and a message, and a verdict that follows from them', () => {
    const { gates, verdict, n, confusion_matrix } = results();
    assert.deepEqual(
      gates.map(({ id }) => id),
      ['recall', 'false-positives', 'roc-auc', 'average-precision', 'precision', 'nulls', 'drift'],
    );
    assert.equal(n, 8787);
    const { tp, fp, fn, tn } = confusion_matrix!;
    assert.equal(tp + fp + fn + tn, 8787);
    const recall = gates.find(({ id }) => id === 'recall')!;
    assert.equal(recall.value, tp / (tp + fn));
    assert.equal(recall.n, tp + fn);
    assert.ok(gates.every(({ message, threshold }) => message.length > 0 && threshold !== null));
    assert.equal(first.verdict, verdict);
  });

  it('shows columns that are always empty to the null gate, and to nothing else', () => {
    const { gates, columns } = results();
    const empty = columns.filter(({ current }) => current.nullPct === 100).map(({ column }) => column);
    assert.deepEqual(empty.sort(), ['smart_187_raw', 'smart_188_raw', 'smart_198_raw']);
    assert.equal(gates.find(({ id }) => id === 'nulls')!.status, 'warn');
    assert.equal(gates.find(({ id }) => id === 'drift')!.status, 'pass');
  });

  it('retrains when the decision says so, and judges old and new on rows that neither saw', () => {
    const { decision } = results();
    assert.equal(decision.action, 'retrain');
    const trigger = newestDocument<RetrainTrigger>(
      project.folder,
      'hdd-failure',
      'monitoring/retrain-triggers',
      'retrain_trigger.json',
    );
    assert.equal(trigger.endpoint_name, 'hdd-failure');
    const { figures, status } = stage(first, 'retrain');
    assert.equal(status, 'succeeded');
    assert.equal(figures.from, 'v1');
    assert.equal(figures.to, 'v2');
    assert.equal(figures.promoted, (figures.after as number) >= (figures.before as number) && figures.promoted);
  });

  it('skips the second time what has not changed, says so, and does not retrain again', async () => {
    const started = performance.now();
    const second = await run();
    const seconds = (performance.now() - started) / 1000;
    const status = Object.fromEntries(second.stages.map(({ name, status: said }) => [name, said]));
    assert.deepEqual(status, {
      ingest: 'skipped',
      features: 'skipped',
      train: 'skipped',
      deploy: 'skipped',
      monitor: 'succeeded',
      retrain: 'skipped',
    });
    assert.match(stage(second, 'deploy').reason, /answers with v\d/);
    assert.ok(seconds < 10, `took ${seconds.toFixed(1)} s`);
  });

  it('changes the decision by overrides and never the verdict', async () => {
    const before = results();
    await mlops([
      'override',
      'set',
      'force-skip-retrain',
      '--reason',
      'firmware roll-out',
      '--project',
      project.folder,
    ]);
    const held = await run();
    const after = results();
    assert.equal(after.verdict, before.verdict);
    assert.equal(after.decision.action, 'keep');
    assert.equal(after.decision.by, 'override');
    assert.match(after.decision.reason, /firmware roll-out/);
    assert.equal(held.stages.find(({ name }) => name === 'retrain')!.status, 'skipped');
    await mlops(['override', 'clear', 'force-skip-retrain', '--project', project.folder]);
    const { entries } = await mlopsJson<{ entries: LedgerEntry[] }>(['history', '--project', project.folder]);
    const said = entries.map(({ what }) => what);
    assert.ok(said.includes('override-set') && said.includes('override-cleared'), said.join());
  });

  it('evaluates the rules again on the stored figures, with the same answers', async () => {
    const { verdict, gates } = await mlopsJson<Pick<MonitoringResults, 'verdict' | 'gates'>>([
      'gate',
      '--project',
      project.folder,
    ]);
    const stored = results();
    assert.equal(verdict, stored.verdict);
    const answers = (list: MonitoringResults['gates']) =>
      list.map(({ id, status, value, threshold }) => ({ id, status, value, threshold }));
    assert.deepEqual(answers(gates), answers(stored.gates));
  });
});
