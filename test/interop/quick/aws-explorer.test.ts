import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenError, InputError } from '../../../src/common/errors.js';
import { findAlarms } from '../../../src/pipeline/project-alarms.js';
import { configDrift } from '../../../src/pipeline/endpoints/drift.js';
import { lookAt } from '../../../src/pipeline/endpoints/look.js';
import { athenaQuery } from '../../../src/pipeline/feature-groups/athena-query.js';
import { freshnessOf } from '../../../src/pipeline/feature-groups/freshness.js';
import { queryGroup } from '../../../src/pipeline/feature-groups/query.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { Project } from '../../../src/project/schema.js';
import type { Current } from '../../../src/vscode/session/session.js';
import { makeEndpointLevels } from '../../../src/vscode/trees/endpoints/endpoint-levels.js';
import { makeFeatureGroupLevels } from '../../../src/vscode/trees/feature-group-levels.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, variant, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, world } from '../../doubles/aws/world.js';
import { temporaryFolder } from '../../support/temporary.js';

const role = 'arn:aws:iam::123456789012:role/test';
const dayMs = 24 * 3600e3;

describe('exploring an AWS account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let fill: AwsFill;
  let environment: Environment;
  let project: Project;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    const place = { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, role, image: 'serve:1' } as const;
    const endpoint = { name: world.endpoint, instance: 'ml.m5.large' };
    const file = { name: world.project, endpoint, alarms: 'endpoint', environments: { prod: place } };
    project = { folder: folder.path, file, sql: {} } as unknown as Project;
    environment = await openAws(project, 'prod', place, { allowed: () => ['prod'] });
  });
  beforeEach(() => {
    double.deny(/^$/);
    double.forget();
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  const described = async (name: string) => (await environment.endpoints.describe(name))!;
  const writers = () => environment.writers('test');
  const operations = () => double.calls.map(({ operation }) => operation);

  describe('endpoints', () => {
    it('tells machines, cost by the dated table, and that nobody uses it, not before it is a day old', async () => {
      const endpoint = await described(world.endpoint);
      assert.equal(endpoint.ours, true);
      assert.deepEqual(endpoint.fleet, [
        {
          ...{ name: 'AllTraffic', modelVersion: 'v1', weight: 1, desiredWeight: 1 },
          ...{ instance: 'ml.m5.large', instances: 1, desiredInstances: 1 },
        },
      ]);
      const young = await lookAt(environment, endpoint, new Date());
      assert.equal(young.hourlyCost, 0.115);
      assert.equal(young.invocations24h, 0);
      assert.equal(young.idle, null);
      assert.match(young.reasons.idle!, /less than 24 hours ago/);
      const old = { ...endpoint, createdAt: new Date(Date.now() - 2 * dayMs).toISOString() };
      assert.equal((await lookAt(environment, old, new Date())).idle, true);
    });

    it('is not idle when it was asked, and not called so when metrics may not be read', async () => {
      const endpoint = await described(world.endpoint);
      const old = { ...endpoint, createdAt: new Date(Date.now() - 2 * dayMs).toISOString() };
      double.deny(/GetMetricData/);
      const blind = await lookAt(environment, old, new Date());
      assert.equal(blind.idle, null);
      assert.match(blind.reasons.idle!, /IAM action cloudwatch:GetMetricData/);
      double.deny(/^$/);
      const dimensions = { EndpointName: world.endpoint, VariantName: 'AllTraffic' };
      await fill.metric('AWS/SageMaker', [
        { metric: 'Invocations', dimensions, value: 3, at: new Date(Date.now() - 60_000) },
      ]);
      const used = await lookAt(environment, old, new Date());
      assert.deepEqual([used.invocations24h, used.idle], [3, false]);
    });

    it("shows hundreds of others' endpoints without describing one, and describes the one that is opened", async () => {
      for (let number = 0; number < 120; number += 1) {
        const EndpointName = `theirs-${String(number).padStart(3, '0')}`;
        await fill.clients.sagemaker.createEndpoint({ EndpointName, EndpointConfigName: `${world.endpoint}-config` });
      }
      const current = { project, environment } as Current;
      const levels = makeEndpointLevels();
      double.forget();
      const items = await levels.roots(current);
      const described = operations().filter((operation) => operation === 'DescribeEndpoint');
      assert.equal(described.length, 1, operations().join());
      assert.equal(items[0]?.target?.kind === 'endpoint' && items[0].target.name, world.endpoint);
      const others = items.find(({ id }) => id === 'endpoints-others');
      assert.equal(others?.label, '120 endpoints of others');
      const one = others.children!.find(({ id }) => id.endsWith('theirs-007'))!;
      assert.match(one.description!, /not this project’s/);
      double.forget();
      const parts = await levels.children(current, one);
      assert.equal(operations().filter((operation) => operation === 'DescribeEndpoint').length, 1);
      assert.match(parts.find(({ label }) => label === 'Cost')!.description!, /^about \$0\.12 an hour/);
      double.forget();
      await levels.roots(current);
      assert.equal(operations().includes('GetMetricData'), false, 'cost and use are not asked for every minute');
    });

    it('that was rolled back does not serve what was asked for, though it is in service', async () => {
      const name = 'churn-staging';
      const { endpoints } = writers();
      const config = (modelVersion: string) => ({
        ...{ name, group: world.project, capture: 1 },
        variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
      });
      await fill.modelVersion(world.project, 2);
      await endpoints.deploy(config('v1'));
      assert.equal(configDrift(await described(name)), null);
      double.endpoints.rollBackNext('alarm churn-5xx went off');
      await assert.rejects(endpoints.deploy(config('v2')), /rolled back/);
      const after = await described(name);
      assert.equal(after.status, 'InService');
      assert.match(
        configDrift(after)!,
        /^serves configuration churn-staging-\S+, asked for churn-staging-\S+: .*taken back \(alarm churn-5xx went off\)/,
      );
      await endpoints.deploy(config('v2'));
      assert.equal(configDrift(await described(name)), null);
    });

    it('that somebody else gave another configuration says so', async () => {
      const name = 'churn-staging';
      const { sagemaker } = fill.clients;
      await sagemaker.createEndpointConfig({
        EndpointConfigName: 'by-hand',
        ProductionVariants: [variant('AllTraffic', `${world.endpoint}-v1`, 1)],
      });
      await sagemaker.updateEndpoint({ EndpointName: name, EndpointConfigName: 'by-hand' });
      for (let looks = 0; looks < 3; looks += 1) await described(name);
      assert.match(
        configDrift(await described(name))!,
        /^serves configuration by-hand, asked for churn-staging-\S+: somebody else/,
      );
    });
  });

  describe('machines', () => {
    it('are changed in place and counted, and start brings back as many', async () => {
      const name = 'churn-scaled';
      const { endpoints, cloud } = writers();
      await endpoints.deploy({
        ...{ name, group: world.project, capture: 0 },
        variants: [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }],
      });
      const config = (await described(name)).configName;
      assert.deepEqual(await cloud!.fleet.scale(name, { instances: 3 }), [{ variant: 'AllTraffic', from: 1, to: 3 }]);
      const scaled = await described(name);
      assert.equal(scaled.configName, config);
      assert.equal(scaled.fleet![0]!.instances, 3);
      assert.equal((await lookAt(environment, scaled, new Date())).hourlyCost, 0.345);
      await endpoints.stop(name);
      const stopped = await lookAt(environment, await described(name), new Date());
      assert.equal(stopped.hourlyCost, 0);
      const started = await endpoints.start(name);
      assert.equal(started.fleet![0]!.instances, 3);
      assert.equal(configDrift(started), null);
    });

    it('of a variant or endpoint that is not there are refused by name', async () => {
      const { fleet } = writers().cloud!;
      await assert.rejects(fleet.scale('churn-scaled', { instances: 1, variant: 'canary' }), (error) => {
        return error instanceof InputError && error.message.includes('no variant canary, expected one of AllTraffic');
      });
      await assert.rejects(fleet.scale('nowhere', { instances: 1 }), /no endpoint nowhere/);
    });
  });

  describe('monitoring schedules', () => {
    it('are none where the account has none, and say nothing', async () => {
      const look = await lookAt(environment, await described(world.endpoint), new Date());
      assert.deepEqual(look.schedules, []);
      assert.equal(look.reasons.schedules, undefined);
    });

    it('say their last execution: violations, and why one failed', async () => {
      await fill.schedule('served-data-quality', world.endpoint);
      await fill.schedule('served-model-quality', world.endpoint, 'ModelQuality');
      double.schedules.ran('served-data-quality', 'CompletedWithViolations');
      double.schedules.ran('served-model-quality', 'Failed', 'Job inputs had no data');
      const { schedules } = await lookAt(environment, await described(world.endpoint), new Date());
      assert.deepEqual(
        schedules!.map(({ name, type, status, schedule, last }) => [
          name,
          type,
          status,
          schedule,
          last?.status,
          last?.reason,
        ]),
        [
          [
            'served-data-quality',
            'DataQuality',
            'Scheduled',
            'cron(0 * ? * * *)',
            'CompletedWithViolations',
            undefined,
          ],
          [
            'served-model-quality',
            'ModelQuality',
            'Scheduled',
            'cron(0 * ? * * *)',
            'Failed',
            'Job inputs had no data',
          ],
        ],
      );
      assert.deepEqual(await environment.cloud!.schedules.list('churn-scaled'), []);
    });

    it('that may not be looked at name the right, and leave the rest as it is', async () => {
      double.deny(/ListMonitoringSchedules/);
      const look = await lookAt(environment, await described(world.endpoint), new Date());
      assert.equal(look.schedules, null);
      assert.match(look.reasons.schedules!, /IAM action sagemaker:ListMonitoringSchedules/);
      assert.equal(look.hourlyCost, 0.115);
    });
  });

  describe('alarms', () => {
    it('are parted into the project’s and those of others; expressions and alarms of alarms are shown as such', async () => {
      const { cloudwatch } = fill.clients;
      await fill.alarm('theirs');
      const metric = (Id: string, MetricName: string) => {
        const Dimensions = [{ Name: 'EndpointName', Value: world.endpoint }];
        const Metric = { Namespace: 'AWS/SageMaker', MetricName, Dimensions };
        return { Id, ReturnData: false, MetricStat: { Metric, Period: 300, Stat: 'Sum' } };
      };
      await cloudwatch.putMetricAlarm({
        ...{ AlarmName: '4xx-share', ComparisonOperator: 'GreaterThanThreshold', Threshold: 1, EvaluationPeriods: 2 },
        Metrics: [
          { Id: 'e', Expression: '100 * m / n', ReturnData: true },
          metric('m', 'Invocation4XXErrors'),
          metric('n', 'Invocations'),
        ],
      });
      await cloudwatch.putCompositeAlarm({
        AlarmName: 'all-of-it',
        AlarmRule: `ALARM("4xx-share") OR ALARM("${world.alarm}")`,
      });
      const { ours, others } = await findAlarms(project.file, environment);
      const names = ours.map(({ name }) => name);
      assert.deepEqual(names.sort(), ['4xx-share', 'all-of-it', world.alarm].sort());
      assert.deepEqual(
        others.map(({ name }) => name),
        ['theirs'],
      );
      const share = ours.find(({ name }) => name === '4xx-share')!;
      assert.equal(share.definition, undefined);
      assert.match(share.rule!.text, /^100 \* m \/ n > 1, where m = Sum of AWS\/SageMaker Invocation4XXErrors/);
      assert.equal(ours.find(({ name }) => name === 'all-of-it')!.rule!.kind, 'composite');
    });
  });

  describe('feature groups', () => {
    it('say how new they are by five listings, whatever their size', async () => {
      const group = (await environment.features.describe(world.group))!;
      assert.equal(group.offline, true);
      double.forget();
      const fresh = await freshnessOf(environment.objects, group);
      assert.equal(fresh.newestEvent, '2026-11-21T09:31:05.000Z');
      assert.ok(fresh.newestFile !== null);
      assert.equal(double.calls.length, 5);
    });

    it('say why that is not known, and the rest all the same', async () => {
      const group = (await environment.features.describe(world.group))!;
      double.deny(/list-type=2/);
      const fresh = await freshnessOf(environment.objects, group);
      assert.equal(fresh.newestEvent, null);
      assert.match(fresh.reason!, /IAM action s3:ListBucket/);
    });

    it('of others are listed and not described until somebody opens one', async () => {
      await fill.featureGroup('somebody-train');
      const current = { project, environment } as Current;
      const levels = makeFeatureGroupLevels();
      double.forget();
      const items = await levels.roots(current);
      assert.equal(operations().filter((operation) => operation === 'DescribeFeatureGroup').length, 1);
      assert.match(items[0]!.description!, / behind$/);
      const others = items.find(({ id }) => id === 'feature-groups-others')!;
      assert.deepEqual(
        others.children!.map(({ label }) => label),
        ['somebody-train'],
      );
      const parts = await levels.children(current, others.children![0]!);
      assert.ok(parts.some(({ label }) => label === 'area'));
    });

    it('answer SQL over the latest records and over all that was ever written', async () => {
      const group = (await environment.features.describe(world.group))!;
      const ask = (sql: string, out?: string) =>
        queryGroup(environment, group, { sql, limit: 2, ...(out !== undefined && { out }) }, new Date());
      const latest = await ask('SELECT record_id, area FROM records');
      assert.deepEqual([latest.rows, latest.total], [[['a', 70.5]], 1]);
      const out = join(folder.path, 'history.csv');
      const all = await ask('SELECT record_id, event_time, is_deleted FROM history ORDER BY ALL', out);
      assert.deepEqual([all.rows.length, all.total], [2, 3]);
      assert.equal(readFileSync(out, 'utf8').trim().split('\n').length, 4);
      await assert.rejects(ask('SELECT nope FROM records'), (error) => {
        return error instanceof InputError && /--sql, line 1: .*nope/.test(error.message);
      });
      await assert.rejects(ask(`SELECT * FROM read_csv('/etc/passwd')`), InputError);
      await assert.rejects(ask(`COPY records TO '${out}'`), InputError);
      await assert.rejects(ask('DROP VIEW records'), /found DROP as last statement, expected a SELECT/);
    });
  });

  describe('queries by Athena', () => {
    const ask = (sql: string, limit: number) => athenaQuery(environment, world.group, { sql, limit }, new Date());
    /** Moto runs no query: what the next ones answer is put into its queue. */
    const answerNext = async (rows: (string | null)[][]) => {
      const types = { record_id: 'varchar', area: 'double', n: 'bigint', ok: 'boolean' };
      const column_info = Object.entries(types).map(([name, type]) => ({
        ...{ CatalogName: 'hive', SchemaName: '', TableName: '', Name: name, Label: name, Type: type },
        ...{ Precision: 1, Scale: 0, Nullable: 'UNKNOWN', CaseSensitive: false },
      }));
      const shown = [Object.keys(types), ...rows].map((row) => ({
        Data: row.map((text) => (text === null ? {} : { VarCharValue: text })),
      }));
      const response = await fetch(`${double.motoUrl}/moto-api/static/athena/query-results`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          account_id: '123456789012',
          region: 'us-east-1',
          results: [{ rows: shown, column_info }],
        }),
      });
      assert.equal(response.status, 201);
    };

    it('come back typed and bounded, and leave their result in the bucket', async () => {
      await answerNext([
        ['a', '70.5', '3', 'true'],
        ['b', null, '9007199254740993', 'false'],
        ['c', '1', '1', 'true'],
      ]);
      const found = await ask('SELECT * FROM records', 2);
      assert.deepEqual(found.columns[1], { name: 'area', type: 'double' });
      assert.deepEqual(found.rows, [
        ['a', 70.5, 3, true],
        ['b', null, '9007199254740993', false],
      ]);
      assert.equal(found.total, null);
      assert.match(found.result!, new RegExp(`^s3://${world.bucket}/athena-results/`));
      assert.ok(operations().includes('StartQueryExecution'));
    });

    it('need writing to be on, and name the right of each call that is denied', async () => {
      const place = project.file.environments.prod!;
      const closed = await openAws(project, 'prod', place);
      await assert.rejects(
        athenaQuery(closed, world.group, { sql: 'SELECT 1', limit: 1 }, new Date()),
        /read-only, so this is refused: query feature group/,
      );
      for (const operation of ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults']) {
        double.deny(new RegExp(`^${operation}$`));
        await assert.rejects(ask('SELECT 1', 1), (error) => {
          return error instanceof BrokenError && error.message.includes(`IAM action athena:${operation}`);
        });
      }
    });
  });

  describe('rules by which the bucket forgets', () => {
    const rule = (name: string) => ({ id: `${environment.cloud!.lifecycle.idPrefix}${name}`, prefix: `${name}/` });

    it('are put beside those of others, which stay as they are, and taken away again', async () => {
      const { s3 } = fill.clients;
      const theirs = {
        ID: 'athena-results',
        Status: 'Enabled' as const,
        Filter: { Prefix: 'athena_results/' },
        Expiration: { Days: 1 },
      };
      await s3.putBucketLifecycleConfiguration({ Bucket: world.bucket, LifecycleConfiguration: { Rules: [theirs] } });
      const { lifecycle } = writers().cloud!;
      await lifecycle.put([
        { ...rule('capture'), expireDays: 30 },
        { ...rule('old'), prefix: '', noncurrentDays: 7 },
      ]);
      const all = async () => (await s3.getBucketLifecycleConfiguration({ Bucket: world.bucket })).Rules!;
      assert.equal((await all()).length, 3);
      const found = await environment.cloud!.lifecycle.read();
      assert.equal(found.others, 1);
      assert.deepEqual(JSON.parse(JSON.stringify(found.ours)), [
        { ...rule('capture'), expireDays: 30 },
        { ...rule('old'), prefix: '', noncurrentDays: 7 },
      ]);
      await lifecycle.put([]);
      assert.deepEqual(
        (await all()).map(({ ID, Expiration, Filter }) => [ID, Expiration?.Days, Filter?.Prefix]),
        [['athena-results', 1, 'athena_results/']],
      );
    });

    it('are none for a bucket without any, and the last of ours takes the configuration with it', async () => {
      const { s3 } = fill.clients;
      await s3.deleteBucketLifecycle({ Bucket: world.bucket });
      assert.deepEqual(await environment.cloud!.lifecycle.read(), { ours: [], others: 0 });
      const { lifecycle } = writers().cloud!;
      await lifecycle.put([{ ...rule('capture'), expireDays: 30 }]);
      await lifecycle.put([]);
      await assert.rejects(s3.getBucketLifecycleConfiguration({ Bucket: world.bucket }), /lifecycle/i);
    });

    it('name the right that is missing', async () => {
      double.deny(/[?&]lifecycle/);
      await assert.rejects(environment.cloud!.lifecycle.read(), /IAM action s3:GetLifecycleConfiguration/);
    });
  });
});
