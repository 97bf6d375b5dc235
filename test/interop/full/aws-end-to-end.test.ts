import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { changeProject } from '../../support/aws-project.js';
import { startCli } from '../../support/cli.js';
import { judgeWhatArrives } from '../../support/arriving-in-s3.js';
import { accountOfDrives, bucket, image } from '../../support/account-of-drives.js';

describe('the hard-drive project in an AWS account', function () {
  this.timeout(400_000);
  const at = accountOfDrives();
  const { project, env, run, json, object } = at;
  const changed = () => at.account.double.calls.filter(({ mutating }) => mutating);

  it('runs from raw data to a registered version on this machine against S3', async () => {
    const { code, stderr, document } = await json<Run>(['run', '--to', 'train']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      document.stages.map(({ name, status }) => `${name} ${status}`),
      ['ingest succeeded', 'features succeeded', 'train succeeded'],
    );
    const group = { ModelPackageGroupName: 'hdd-failure' };
    const { ModelPackageSummaryList } = await at.fill.clients.sagemaker.listModelPackages(group);
    assert.equal(ModelPackageSummaryList?.length, 1);
    const again = await json<Run>(['run', '--to', 'train']);
    assert.deepEqual(
      again.document.stages.map(({ status }) => status),
      ['skipped', 'skipped', 'skipped'],
    );
  });

  it('deploys to an endpoint that answers with the version, after it was approved', async () => {
    const approved = await run(['model', 'approve', 'v1', '--reason', 'tried by hand']);
    assert.equal(approved.code, 0, approved.stderr);
    const deployed = await run(['deploy']);
    assert.equal(deployed.code, 0, deployed.stderr);
    const metadata = JSON.parse(await object('artifacts/models/v1/model_metadata.json')) as { feature_cols: string[] };
    const features = [metadata.feature_cols.map(() => 0)];
    const asked = ['endpoint', 'invoke', 'hdd-failure', '--data', JSON.stringify({ features })];
    const answer = await run(asked);
    assert.equal(answer.code, 0, answer.stderr);
    const { probabilities } = JSON.parse(answer.stdout) as { probabilities: number[] };
    assert.ok(probabilities[0]! > 0 && probabilities[0]! < 1);
  });

  it('judges production data, with the results in S3', async () => {
    const { code, stderr, document } = await json<Run>(['run', 'monitor']);
    assert.ok([0, 1, 3].includes(code!), stderr);
    const [stage] = document.stages;
    const results = JSON.parse(await object(stage!.outputs[0]!.uri)) as MonitoringResults;
    assert.equal(results.verdict, document.verdict);
    assert.equal(results.modelVersion, 'v1');
    assert.equal(results.environment, 'prod');
    const gate = await run(['gate']);
    assert.equal(gate.code, code, gate.stderr);
  });

  it('judges what arrives below an S3 prefix, once; its labels come later, and it joins training', () =>
    judgeWhatArrives(at));

  describe('with stages as jobs', () => {
    const jobs = ['environments', 'prod', 'jobs'];
    before(() => changeProject(project, jobs, { instance: 'ml.m5.large', instances: 2 }));
    after(() => changeProject(project, jobs, undefined));

    it('runs ingest on two machines, features and training, and tells what they log', async () => {
      await at.fill.clients.s3.deleteObject({ Bucket: bucket, Key: 'curated/backblaze_parquet/_manifest.json' });
      const { code, stdout, stderr } = await run(['run', '--to', 'train', '--force', '--json']);
      assert.equal(code, 0, stderr);
      const jobs = at.account.jobs.all().map(({ kind, status, containers }) => [kind, status, containers.length]);
      assert.deepEqual(jobs, [
        ['Processing', 'Completed', 2],
        ['Processing', 'Completed', 1],
        ['Training', 'Completed', 1],
      ]);
      const { stages } = JSON.parse(stdout) as Run;
      const [ingest, , train] = stages;
      assert.match(String(ingest!.figures.summary), /0 new, \d+ unchanged/);
      assert.equal(train!.figures.modelVersion, 'v2');
      const trained = at.account.jobs.all().at(-1)!;
      assert.equal(train!.figures.job, trained.name);
      assert.match(stderr, new RegExp(`job ${trained.name} \\(training, ml\\.m5\\.large\\)`));
      assert.match(stderr, /✓ ingest: .*\n/);
      const packed = JSON.parse(await object(`jobs/${trained.name}/model/model_metadata.json`)) as object;
      assert.equal((packed as { model_version: string }).model_version, 'v2');
    });

    it("judges in a job, whose verdict is the run's", async () => {
      const { code, stderr, document } = await json<Run>(['monitor']);
      assert.ok([0, 1, 3].includes(code!), stderr);
      assert.notEqual(document.verdict, null);
      assert.match(String(document.stages[0]!.figures.job), /^hdd-failure-monitor-/);
    });

    it('records the reason that a failed job left', async () => {
      const sql = join(project, 'features.sql');
      const before = readFileSync(sql, 'utf8');
      writeFileSync(sql, 'SELECT no_such_column FROM backblaze');
      const { code, document } = await json<Run>(['features']);
      writeFileSync(sql, before);
      assert.equal(code, 4);
      assert.match(
        document.stages[0]!.reason,
        /^job hdd-failure-features-\S+ failed: features\.sql, line 1: .*no_such_column/s,
      );
    });

    it('stops the job that a killed run left, before it starts its own', async () => {
      const known = at.account.jobs.all().length;
      const child = startCli(['train', '--force', '--env', 'prod'], { cwd: project, env });
      for await (const line of createInterface(child.stderr!)) if (line.includes('job hdd-failure-train-')) break;
      child.kill('SIGKILL');
      await once(child, 'exit');
      const orphan = at.account.jobs.all()[known]!;
      assert.equal(orphan.status, 'InProgress');
      const { code, stderr } = await run(['train', '--force']);
      assert.equal(code, 0, stderr);
      assert.match(stderr, new RegExp(`job ${orphan.name} was left by a run that was killed`));
      assert.equal(orphan.status, 'Stopped');
    });

    it('stops the job when the run is cancelled', async () => {
      const known = at.account.jobs.all().length;
      const child = startCli(['train', '--force', '--env', 'prod', '--json'], { cwd: project, env });
      const said = text(child.stdout!);
      for await (const line of createInterface(child.stderr!)) if (line.includes('job hdd-failure-train-')) break;
      child.stderr!.resume();
      child.kill('SIGINT');
      await once(child, 'close');
      const job = at.account.jobs.all()[known]!;
      await job.ended;
      assert.equal(job.status, 'Stopped');
      assert.equal((JSON.parse(await said) as Run).status, 'cancelled');
      assert.equal(child.exitCode, 130);
    });
  });

  describe('as a SageMaker Pipeline', () => {
    interface Shown {
      shown: { status: string; reason?: string };
      steps: { name: string; status: string; outcome?: string; reason?: string; log: string[] }[];
    }
    const show = () => json<Shown>(['pipeline', 'show']);
    const execute = async (...parameters: string[]) => {
      const flags = parameters.flatMap((parameter) => ['--parameter', parameter]);
      const started = await run(['pipeline', 'start', ...flags]);
      assert.equal(started.code, 0, started.stderr);
      await at.account.pipelines.settled();
      return show();
    };
    const outcomes = ({ document }: { document: Shown }) =>
      document.steps.map(({ name, status, outcome }) => [name, outcome ?? status].join(' '));

    it('shows what registering changes, registers, and then has nothing to change', async () => {
      const diff = await run(['pipeline', 'register', '--diff']);
      assert.match(diff.stdout, /\+ add step EvaluateProductionData\n.*\+ add step CheckRetraining/s);
      const absent = await run(['pipeline', 'show']);
      assert.equal(absent.code, 2, absent.stderr);
      const first = await run(['pipeline', 'register']);
      assert.equal(first.code, 0, first.stderr);
      at.account.double.forget();
      const second = await run(['pipeline', 'register']);
      assert.match(second.stdout, /unchanged/);
      assert.deepEqual(changed(), []);
    });

    it('updates what changed, and names it', async () => {
      changeProject(project, ['environments', 'prod', 'image'], `${image}-next`);
      const { stdout } = await run(['pipeline', 'register']);
      assert.match(stdout, /~ change parameter ImageUri\n.*DefaultValue: ".*:1" -> ".*:1-next"/);
      changeProject(project, ['environments', 'prod', 'image'], image);
      await run(['pipeline', 'register']);
    });

    it('judges, and saves the healthy report when retraining is suppressed', async () => {
      const found = await execute('ForceSkipRetrain=true');
      assert.equal(found.document.shown.status, 'Succeeded', JSON.stringify(found.document));
      assert.deepEqual(outcomes(found), [
        'EvaluateProductionData Succeeded',
        'CheckRetraining False',
        'SaveHealthyReport Succeeded',
      ]);
      const { Contents = [] } = await at.fill.clients.s3.listObjectsV2({ Bucket: bucket, Prefix: 'monitoring/runs/' });
      const report = Contents.map(({ Key = '' }) => Key).find((key) => /runs\/[^/]+\.json$/.test(key));
      const document = JSON.parse(await object(report!)) as { status: string; evaluation: { status: string } };
      assert.deepEqual([document.status, document.evaluation.status], ['HEALTHY', 'HEALTHY']);
    });

    it('writes down what could not be judged as that, and fails with the reason', async () => {
      const gates = ['monitor', 'gates', 0, 'minSamples'];
      changeProject(project, gates, 1e9);
      await run(['pipeline', 'register']);
      const found = await execute();
      changeProject(project, gates, 5);
      await run(['pipeline', 'register']);
      assert.equal(found.document.shown.status, 'Failed', JSON.stringify(found.document));
      assert.deepEqual(outcomes(found), [
        'EvaluateProductionData Succeeded',
        'CheckRetraining False',
        'SaveHealthyReport Failed',
      ]);
      const [, key] = /not found healthy: inconclusive .*as (\S+\.json)/.exec(found.document.steps[2]!.reason!) ?? [];
      const document = JSON.parse(await object(key!)) as { status: string; verdict: string };
      assert.deepEqual([document.status, document.verdict], ['INCONCLUSIVE', 'inconclusive']);
    });

    it('retrains when it is forced to, as one more version', async () => {
      const found = await execute('ForceRetrain=true');
      assert.equal(found.document.shown.status, 'Succeeded', JSON.stringify(found.document));
      assert.deepEqual(outcomes(found), [
        'EvaluateProductionData Succeeded',
        'CheckRetraining True',
        'RetrainAndDeploy Succeeded',
      ]);
      const { document } = await json<{ versions: { version: string; metadata?: object }[] }>(['model', 'list']);
      assert.ok(JSON.stringify(document).includes('v3'), JSON.stringify(document));
    });

    it('shows why a step failed, with the end of its log', async () => {
      const found = await execute('FeatureGroupProd=another-group');
      assert.equal(found.code, 1);
      const [step] = found.document.steps;
      assert.match(
        step!.reason!,
        /MLOPS_FEATURE_GROUP_PRODUCTION: found another-group, expected hdd-failure-production/,
      );
      assert.match(step!.log.join('\n'), /found another-group/);
    });
  });

  describe('alarms, dashboards and the end', () => {
    const own = ['--yes', '--confirm', 'hdd-failure'];

    it('apply shows first, writes only when confirmed, and then has nothing to do', async () => {
      const diff = await run(['apply', '--diff']);
      assert.match(diff.stdout, /dashboards:\n {2}\+ add hdd-failure-prod-us-east-1-endpoint-hdd-failure/);
      at.account.double.forget();
      const refused = await run(['apply', '--yes']);
      assert.equal(refused.code, 5, refused.stderr);
      assert.deepEqual(changed(), []);
      const applied = await run(['apply', ...own]);
      assert.equal(applied.code, 0, applied.stderr);
      const { DashboardBody = '{}' } = await at.fill.clients.cloudwatch.getDashboard({
        DashboardName: 'hdd-failure-prod-us-east-1-endpoint-hdd-failure',
      });
      assert.equal((JSON.parse(DashboardBody) as { widgets: object[] }).widgets.length, 13);
      const again = await run(['apply', '--diff']);
      assert.match(again.stdout, /alarms: 8 unchanged\ndashboards: 1 unchanged/);
    });

    it('apply removes an alarm that mlops.json no longer asks for, and no other one', async () => {
      await at.fill.alarm('somebody-elses');
      const alarm = { name: 'psi', namespace: 'Churn/Model', metric: 'PSI', statistic: 'Maximum', period: 3600 };
      const rest = { evaluationPeriods: 1, operator: '>=', threshold: 0.2 };
      changeProject(project, ['alarms'], [{ ...alarm, ...rest }]);
      const { stdout, code, stderr } = await run(['apply', '--json', ...own]);
      assert.equal(code, 0, stderr);
      const { alarms } = JSON.parse(stdout) as { alarms: { name: string; change: string }[] };
      assert.deepEqual(
        alarms.filter(({ change }) => change === 'add').map(({ name }) => name),
        ['psi'],
      );
      assert.equal(alarms.filter(({ change }) => change === 'remove').length, 8);
      const { MetricAlarms = [] } = await at.fill.clients.cloudwatch.describeAlarms({});
      assert.deepEqual(MetricAlarms.map(({ AlarmName }) => AlarmName).sort(), ['psi', 'somebody-elses']);
    });

    it('cleanup lists, asks for the name, and deletes only what carries the tag', async () => {
      await at.fill.endpoint('hdd-failure-of-others');
      at.account.double.forget();
      const dry = await run(['cleanup', '--dry-run']);
      const refused = await run(['cleanup', '--yes', '--confirm', 'another']);
      assert.equal(refused.code, 5, refused.stderr);
      assert.deepEqual(changed(), []);
      for (const kind of ['alarm', 'dashboard', 'endpoint', 'endpoint-config', 'model', 'pipeline', 'feature-group'])
        assert.match(dry.stdout, new RegExp(`^${kind} `, 'm'), dry.stdout);
      assert.doesNotMatch(dry.stdout, /others|somebody/);

      const cleaned = await run(['cleanup', ...own]);
      assert.equal(cleaned.code, 0, cleaned.stderr);
      const { Endpoints = [] } = await at.fill.clients.sagemaker.listEndpoints({});
      assert.deepEqual(
        Endpoints.map(({ EndpointName }) => EndpointName),
        ['hdd-failure-of-others'],
      );
      const left = await run(['cleanup', '--dry-run']);
      assert.match(left.stdout, /nothing of hdd-failure to delete in prod/);
      assert.ok(await object('artifacts/models/v1/model_metadata.json'), 'the data stays');
    });
  });
});
