import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenError, InputError } from '../../../src/common/errors.js';
import { findAlarms } from '../../../src/pipeline/project-alarms.js';
import { athenaQuery } from '../../../src/pipeline/feature-groups/athena-query.js';
import { freshnessOf } from '../../../src/pipeline/feature-groups/freshness.js';
import { queryGroup } from '../../../src/pipeline/feature-groups/query.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Current } from '../../../src/vscode/session/session.js';
import { makeFeatureGroupLevels } from '../../../src/vscode/trees/feature-group-levels.js';
import { world } from '../../doubles/aws/world.js';

import { exploredAccount } from '../../support/explored-account.js';

describe('exploring what an AWS account holds beside endpoints', function () {
  this.timeout(60_000);
  const at = exploredAccount();
  const writers = () => at.environment.writers('test');
  const operations = () => at.double.calls.map(({ operation }) => operation);

  describe('alarms', () => {
    it('are parted into the project’s and those of others; expressions and alarms of alarms are shown as such', async () => {
      const { cloudwatch } = at.fill.clients;
      await at.fill.alarm('theirs');
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
      const { ours, others } = await findAlarms(at.project.file, at.environment);
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
      const group = (await at.environment.features.describe(world.group))!;
      assert.equal(group.offline, true);
      at.double.forget();
      const fresh = await freshnessOf(at.environment.objects, group);
      assert.equal(fresh.newestEvent, '2026-11-21T09:31:05.000Z');
      assert.ok(fresh.newestFile !== null);
      assert.equal(at.double.calls.length, 5);
    });

    it('say why that is not known, and the rest all the same', async () => {
      const group = (await at.environment.features.describe(world.group))!;
      at.double.deny(/list-type=2/);
      const fresh = await freshnessOf(at.environment.objects, group);
      assert.equal(fresh.newestEvent, null);
      assert.match(fresh.reason!, /IAM action s3:ListBucket/);
    });

    it('of others are listed and not described until somebody opens one', async () => {
      await at.fill.featureGroup('somebody-train');
      const current = { project: at.project, environment: at.environment } as Current;
      const levels = makeFeatureGroupLevels();
      at.double.forget();
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
      const group = (await at.environment.features.describe(world.group))!;
      const ask = (sql: string, out?: string) =>
        queryGroup(at.environment, group, { sql, limit: 2, ...(out !== undefined && { out }) }, new Date());
      const latest = await ask('SELECT record_id, area FROM records');
      assert.deepEqual([latest.rows, latest.total], [[['a', 70.5]], 1]);
      const out = join(at.folder, 'history.csv');
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
    const ask = (sql: string, limit: number) => athenaQuery(at.environment, world.group, { sql, limit }, new Date());
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
      const response = await fetch(`${at.double.motoUrl}/moto-api/static/athena/query-results`, {
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
      const place = at.project.file.environments.prod!;
      const closed = await openAws(at.project, 'prod', place);
      await assert.rejects(
        athenaQuery(closed, world.group, { sql: 'SELECT 1', limit: 1 }, new Date()),
        /read-only, so this is refused: query feature group/,
      );
      for (const operation of ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults']) {
        at.double.deny(new RegExp(`^${operation}$`));
        await assert.rejects(ask('SELECT 1', 1), (error) => {
          return error instanceof BrokenError && error.message.includes(`IAM action athena:${operation}`);
        });
      }
    });
  });

  describe('rules by which the bucket forgets', () => {
    const rule = (name: string) => ({ id: `${at.environment.cloud!.lifecycle.idPrefix}${name}`, prefix: `${name}/` });

    it('are put beside those of others, which stay as they are, and taken away again', async () => {
      const { s3 } = at.fill.clients;
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
      const found = await at.environment.cloud!.lifecycle.read();
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
      const { s3 } = at.fill.clients;
      await s3.deleteBucketLifecycle({ Bucket: world.bucket });
      assert.deepEqual(await at.environment.cloud!.lifecycle.read(), { ours: [], others: 0 });
      const { lifecycle } = writers().cloud!;
      await lifecycle.put([{ ...rule('capture'), expireDays: 30 }]);
      await lifecycle.put([]);
      await assert.rejects(s3.getBucketLifecycleConfiguration({ Bucket: world.bucket }), /lifecycle/i);
    });

    it('name the right that is missing', async () => {
      at.double.deny(/[?&]lifecycle/);
      await assert.rejects(at.environment.cloud!.lifecycle.read(), /IAM action s3:GetLifecycleConfiguration/);
    });
  });
});
