import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PipelineEvaluation } from '../../../src/documents/job.js';
import { openDocument } from '../../../src/report/open.js';
import { mlops } from '../../support/cli.js';
import { processingLayout, trainingLayout } from '../../support/container-layout.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/temporary.js';

const local = { MLOPS_ENVIRONMENT: 'local' };

describe('stages as jobs in a container', function () {
  this.timeout(240_000);
  const place = temporaryFolder();
  let made: MadeProject;
  let project: string;

  before(async () => {
    made = await madeProject('hdd-failure', '--sample');
    project = made.folder;
  });
  after(async () => {
    await made?.remove();
    place.remove();
  });

  const root = (name: string) => join(place.path, name);
  const job = (name: string, at: string, env: Record<string, string> = {}) =>
    mlops(['job', name, '--root', at], { cwd: place.path, env: { ...local, ...env } });
  const curated = () => join(project, '.mlops/buckets/hdd-failure/curated/backblaze_parquet');
  const days = () => {
    const text = readFileSync(join(curated(), '_manifest.json'), 'utf8');
    return Object.entries((JSON.parse(text) as { parts: Record<string, { rows: number }> }).parts)
      .map(([day, { rows }]) => `${day} ${rows}`)
      .sort();
  };

  it('ingest on three hosts lands what ingest on one does, each day once', async () => {
    processingLayout(root('one'), { project, jobName: 'ingest-one' });
    const one = await job('ingest', root('one'));
    assert.equal(one.code, 0, one.stderr);
    const alone = days();
    assert.ok(alone.length >= 3);
    rmSync(join(project, '.mlops/buckets/hdd-failure/curated'), { recursive: true });
    rmSync(join(project, '.mlops/buckets/hdd-failure/runs/state'), { recursive: true });

    const hosts = [1, 2, 3];
    for (const host of hosts)
      processingLayout(root(`host-${host}`), { project, jobName: 'ingest-three', host, hosts: hosts.length });
    const answers = await Promise.all(hosts.map((host) => job('ingest', root(`host-${host}`))));
    for (const { code, stderr } of answers) assert.equal(code, 0, stderr);
    assert.deepEqual(days(), alone);
    assert.equal(existsSync(join(project, '.mlops/buckets/hdd-failure/jobs/ingest-three/0')), false);
  });

  it('a host that fails makes the first one fail with its reason', async () => {
    for (const host of [1, 2])
      processingLayout(root(`broken-${host}`), { project, jobName: 'ingest-broken', host, hosts: 2 });
    const shard = join(project, '.mlops/buckets/hdd-failure/jobs/ingest-broken/1');
    mkdirSync(shard, { recursive: true });
    writeFileSync(join(shard, 'end.json'), JSON.stringify({ kind: 'shard-end', reason: 'the disk is full' }));
    const first = await job('ingest', root('broken-1'), { MLOPS_FORCE: 'true' });
    assert.equal(first.code, 4, first.stderr);
    assert.equal(readFileSync(join(root('broken-1'), 'output/failure'), 'utf8'), 'host 2 of 2: the disk is full');
  });

  it('features, then a training job, whose model lies where SageMaker packs it', async () => {
    processingLayout(root('features'), { project, jobName: 'features' });
    const features = await job('features', root('features'));
    assert.equal(features.code, 0, features.stderr);
    const hyperparameters = { 'lightgbm.num_leaves': '7', sagemaker_region: 'us-east-1' };
    trainingLayout(root('train'), { project, jobName: 'train', hyperparameters });
    const train = await job('train', root('train'));
    assert.equal(train.code, 0, train.stderr);
    const files = readdirSync(join(root('train'), 'model')).sort();
    assert.ok(files.includes('model_metadata.json'), files.join());
    const metadata = JSON.parse(readFileSync(join(root('train'), 'model/model_metadata.json'), 'utf8')) as object;
    assert.equal((metadata as { model_version: string }).model_version, 'v1');
    assert.equal(existsSync(join(root('train'), 'output/failure')), false);
  });

  it('monitor leaves evaluation.json with the decision, also when it is forced', async () => {
    const deployed = await mlops(['deploy', '--project', project]);
    assert.equal(deployed.code, 0, deployed.stderr);
    const evaluate = async (name: string, env: Record<string, string>) => {
      processingLayout(root(name), { project, jobName: name });
      const { code, stderr } = await job('monitor', root(name), env);
      assert.equal(code, 0, stderr);
      const path = join(root(name), 'processing/output/evaluation/evaluation.json');
      return JSON.parse(readFileSync(path, 'utf8')) as PipelineEvaluation;
    };
    const skipped = await evaluate('skipped', { MLOPS_FORCE_SKIP_RETRAIN: 'true' });
    assert.equal(skipped.status, 'HEALTHY');
    assert.equal(skipped.force_skip_retrain, true);
    const forced = await evaluate('forced', { MLOPS_FORCE_RETRAIN: 'true' });
    assert.equal(forced.status, 'RETRAIN');
    assert.equal(forced.tp! + forced.fp! + forced.fn! + forced.tn!, forced.samples);
  });

  it('judges by the target recall that the execution was given', async () => {
    processingLayout(root('recall'), { project, jobName: 'recall' });
    const { code, stderr } = await job('monitor', root('recall'), { MLOPS_TARGET_RECALL: '0' });
    assert.equal(code, 0, stderr);
    const runs = join(project, '.mlops/buckets/hdd-failure/monitoring/runs');
    const limits = readdirSync(runs).map((run) => {
      const text = readFileSync(join(runs, run, 'monitoring_results.json'), 'utf8');
      const { gates } = JSON.parse(text) as { gates: { id: string; threshold: number }[] };
      return gates.find(({ id }) => id === 'recall')!.threshold;
    });
    assert.deepEqual(limits.sort(), [0, 0.7, 0.7]);
  });

  it('report writes down that the model was healthy, with the evaluation', async () => {
    processingLayout(root('report'), { project, jobName: 'report' });
    const input = join(root('report'), 'processing/input/evaluation');
    mkdirSync(input, { recursive: true });
    writeFileSync(join(input, 'evaluation.json'), JSON.stringify({ status: 'HEALTHY', recall: 0.8 }));
    const { code, stderr } = await job('report', root('report'));
    assert.equal(code, 0, stderr);
    const runs = join(project, '.mlops/buckets/hdd-failure/monitoring/runs');
    const file = readdirSync(runs).find((name) => name.endsWith('.json'))!;
    const document = JSON.parse(readFileSync(join(runs, file), 'utf8')) as object;
    assert.deepEqual((document as { evaluation: object }).evaluation, { status: 'HEALTHY', recall: 0.8 });
  });

  for (const [status, verdict, code] of [
    ['FAILED', 'fail', 1],
    ['INCONCLUSIVE', 'inconclusive', 3],
    ['INCONCLUSIVE', 'error', 4],
  ] as const)
    it(`report writes down a verdict "${verdict}" as what it is, and fails by it`, async () => {
      const at = root(`report-${verdict}`);
      processingLayout(at, { project, jobName: `report-${verdict}` });
      const input = join(at, 'processing/input/evaluation');
      mkdirSync(input, { recursive: true });
      const evaluation = { status, verdict, recall: null, degraded: ['recall'], reasons: ['too few rows'] };
      writeFileSync(join(input, 'evaluation.json'), JSON.stringify(evaluation));
      const found = await job('report', at);
      assert.equal(found.code, code, found.stderr);
      const reason = readFileSync(join(at, 'output/failure'), 'utf8');
      const [, key] = /not found healthy: \w+ \(too few rows\); written down as (\S+)$/.exec(reason) ?? [];
      assert.ok(key, reason);
      const text = readFileSync(join(project, '.mlops/buckets/hdd-failure', key), 'utf8');
      const document = JSON.parse(text) as Record<string, unknown>;
      assert.deepEqual([document.status, document.verdict, document.evaluation], [status, verdict, evaluation]);
      const opened = openDocument('report.json', text, { overrides: [], now: new Date(), commands: [] });
      assert.ok(opened.type === 'report' && opened.view.kind === 'monitoring', JSON.stringify(opened));
      assert.equal(opened.view.banner.verdict, verdict);
    });

  it('a failure leaves its reason, at most 1024 characters, and exits with what it means', async () => {
    const at = root('wrong');
    const empty = root('empty');
    mkdirSync(empty);
    writeFileSync(join(empty, 'mlops.json'), JSON.stringify({ name: 'x'.repeat(3000) }));
    processingLayout(at, { project: empty, jobName: 'wrong' });
    const { code, stderr } = await job('ingest', at);
    assert.equal(code, 2);
    const reason = readFileSync(join(at, 'output/failure'), 'utf8');
    assert.ok(reason.length <= 1024 && stderr.startsWith(reason.slice(0, 200)), reason);
    assert.equal(readFileSync(join(at, 'output/message'), 'utf8'), reason);
  });

  it('names what is missing: the environment, the layout, a hyperparameter nobody has', async () => {
    processingLayout(root('no-environment'), { project, jobName: 'x' });
    const without = await mlops(['job', 'ingest', '--root', root('no-environment')], { cwd: place.path });
    assert.match(without.stderr, /MLOPS_ENVIRONMENT: found nothing/);
    mkdirSync(root('nothing'));
    const nothing = await job('ingest', root('nothing'));
    assert.match(nothing.stderr, /resourceconfig\.json/);
    trainingLayout(root('hyper'), { project, jobName: 'x', hyperparameters: { leaves: '3' } });
    const hyper = await job('train', root('hyper'));
    assert.match(hyper.stderr, /found "leaves", expected logistic\.<parameter> or lightgbm\.<parameter>/);
    assert.deepEqual([without.code, nothing.code, hyper.code], [2, 2, 2]);
  });
});
