import assert from 'node:assert/strict';
import { BrokenError, ConflictError } from '../../../src/common/errors.js';
import { makeClients, type Gatekeeper } from '../../../src/platform/aws/account/clients.js';
import { credentialsOf } from '../../../src/platform/aws/account/credentials.js';
import { leaseWriter, type HeldLease } from '../../../src/platform/aws/storage/lease-writer.js';
import type { Account } from '../../../src/platform/aws/account/place.js';
import { settingsOf } from '../../../src/platform/aws/account/settings.js';
import type { LeaseHolder } from '../../../src/platform/ports/lease.js';
import { versionOf } from '../../contract/writing.js';

import { asked, bucket, writtenAccount } from '../../support/written-account.js';

describe('writing to an AWS account', function () {
  this.timeout(60_000);
  const at = writtenAccount();
  const writers = () => at.environment.writers('test');

  it('tells a rollback from a success, and keeps the configuration in use', async () => {
    const { registry, endpoints } = writers();
    for (const version of ['v1', 'v2']) await registry.register(versionOf('churn', version));
    await endpoints.deploy(asked('v1'));
    const inUse = (await at.fill.clients.sagemaker.describeEndpoint({ EndpointName: 'served' })).EndpointConfigName;
    at.double.endpoints.rollBackNext('an alarm went off');
    const rollout = { strategy: 'canary', step: 0.1, waitSeconds: 60, alarms: ['served-Invocation5xxErrors'] } as const;
    await assert.rejects(
      endpoints.deploy(asked('v2'), { rollout }),
      (error) => error instanceof BrokenError && /was rolled back: it serves .*an alarm went off/.test(error.message),
    );
    const info = await at.environment.endpoints.describe('served');
    assert.deepEqual(info?.serving, asked('v1').variants);
    await at.fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName: inUse });
    assert.equal(at.double.calls.filter(({ operation }) => operation === 'DeleteEndpointConfig').length, 0);
    assert.deepEqual((await endpoints.deploy(asked('v2'), { rollout })).serving, asked('v2').variants);
  });

  it('tags what it makes with project and environment, and removes only what is its own', async () => {
    const { sagemaker } = at.fill.clients;
    const { EndpointArn } = await sagemaker.describeEndpoint({ EndpointName: 'served' });
    const { Tags } = await sagemaker.listTags({ ResourceArn: EndpointArn });
    assert.deepEqual(Tags, [
      { Key: 'mlops:project', Value: 'churn' },
      { Key: 'mlops:environment', Value: 'prod' },
    ]);
    await at.fill.model('foreign', { dataUrl: `s3://${bucket}/m.tar.gz` });
    const variant = { VariantName: 'a', ModelName: 'foreign', InitialInstanceCount: 1, InstanceType: 'ml.m5.large' };
    await sagemaker.createEndpointConfig({
      EndpointConfigName: 'served-by-others',
      ProductionVariants: [variant as never],
    });
    await writers().endpoints.remove('served');
    const { EndpointConfigs = [] } = await sagemaker.listEndpointConfigs({ NameContains: 'served' });
    assert.deepEqual(
      EndpointConfigs.map(({ EndpointConfigName }) => EndpointConfigName),
      ['served-by-others'],
    );
  });

  it('captures where SageMaker puts what it captures', async () => {
    const { endpoints } = writers();
    const info = await endpoints.deploy({ ...asked('v1'), name: 'captured', capture: 0.004 });
    const { EndpointConfigName } = await at.fill.clients.sagemaker.describeEndpoint({ EndpointName: 'captured' });
    const config = await at.fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName });
    assert.equal(config.DataCaptureConfig?.DestinationS3Uri, `s3://${bucket}/monitoring/data-capture`);
    assert.equal(config.DataCaptureConfig?.InitialSamplingPercentage, 1);
    assert.equal(info.capturedTo, `s3://${bucket}/monitoring/data-capture`);
  });

  it('does not register under a number that the registry did not give', async () => {
    const { registry } = writers();
    await registry.register(versionOf('numbered', 'v1'));
    await assert.rejects(registry.register(versionOf('numbered', 'v4')), ConflictError);
    assert.equal(await at.environment.registry.get('numbered', 'v2'), undefined);
    const next = await registry.nextVersion('numbered');
    assert.equal(next, 'v3');
    await registry.register(versionOf('numbered', next));
  });

  it('counts on from the newest version, whatever somebody wrote into the tags of its group', async () => {
    const { registry } = writers();
    await registry.register(versionOf('tagged', 'v1'));
    const { sagemaker } = at.fill.clients;
    const { ModelPackageGroupArn } = await sagemaker.describeModelPackageGroup({ ModelPackageGroupName: 'tagged' });
    const tag = { Key: 'mlops:last-version', Value: 'undefined' };
    await sagemaker.addTags({ ResourceArn: ModelPackageGroupArn, Tags: [tag] });
    assert.equal(await registry.nextVersion('tagged'), 'v2');
  });

  it('writes an alarm that changed, carries over whom it tells, and leaves an unchanged one alone', async () => {
    const definition = {
      ...{ name: 'told', namespace: 'N', metric: 'E', dimensions: { EndpointName: 'e' }, statistic: 'p99', period: 60 },
      ...{ evaluationPeriods: 2, operator: '>=' as const, threshold: 3, missing: 'missing' as const },
    };
    const topic = 'arn:aws:sns:us-east-1:123456789012:told';
    await writers().alarms.put([definition]);
    const { MetricAlarms = [] } = await at.fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['told'] });
    const { AlarmName, MetricName, Namespace, Dimensions, Period, EvaluationPeriods, Threshold } = MetricAlarms[0]!;
    const same = { AlarmName, MetricName, Namespace, Dimensions, Period, EvaluationPeriods, Threshold };
    const rest = { ExtendedStatistic: 'p99', TreatMissingData: 'missing', AlarmActions: [topic] };
    const ComparisonOperator = 'GreaterThanOrEqualToThreshold' as const;
    await at.fill.clients.cloudwatch.putMetricAlarm({ ...same, ...rest, ComparisonOperator });
    at.double.forget();
    await writers().alarms.put([definition]);
    assert.deepEqual(
      at.double.calls.filter(({ mutating }) => mutating),
      [],
    );
    await writers().alarms.put([{ ...definition, threshold: 4 }]);
    const changed = await at.fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['told'] });
    assert.equal(changed.MetricAlarms?.[0]?.Threshold, 4);
    assert.deepEqual(changed.MetricAlarms[0].AlarmActions, [topic]);
  });

  it('ends an update whose rollback failed by a whole new one, though the old configuration is asked for', async () => {
    const { registry, endpoints } = writers();
    for (const version of ['v1', 'v2']) await registry.register(versionOf('mixed', version));
    const mixed = (version: string) => ({ ...asked(version), name: 'mixed', group: 'mixed' });
    await endpoints.deploy(mixed('v1'));
    at.double.endpoints.rollBackNext('no machines left', 'UpdateRollbackFailed');
    await assert.rejects(endpoints.deploy(mixed('v2')), /mixed is UpdateRollbackFailed: no machines left/);
    const info = await endpoints.deploy(mixed('v1'));
    assert.equal(info.status, 'InService');
    assert.equal(info.serving?.[0]?.modelVersion, 'v1');
  });

  it('takes a state that cannot be read for no absent one, and changes nothing then', async () => {
    await writers().registry.register(versionOf('kept', 'v1'));
    const kept = { ...asked('v1'), name: 'kept', group: 'kept' };
    const { endpoints } = writers();
    await endpoints.deploy(kept);
    const away = /GET .*endpoints\/kept\.json/;
    at.double.deny(away);
    // Who may not read the bucket still sees what SageMaker says.
    assert.equal((await at.environment.endpoints.describe('kept'))?.status, 'InService');
    at.double.forget();
    await assert.rejects(endpoints.deploy({ ...kept, capture: 0 }), /s3:GetObject/);
    assert.ok(at.double.calls.every(({ mutating }) => !mutating));
    at.double.deny(/^$/);
    await endpoints.stop('kept');
    at.double.deny(away);
    await assert.rejects(at.environment.endpoints.describe('kept'), /s3:GetObject/);
    await assert.rejects(endpoints.start('kept'), /s3:GetObject/);
    at.double.deny(/^$/);
    await at.fill.object('endpoints/kept.json', '{"configName":');
    for (const work of [() => at.environment.endpoints.describe('kept'), () => at.environment.endpoints.list()])
      await assert.rejects(work(), /endpoints\/kept\.json: not an endpoint's state/);
    await at.fill.clients.s3.deleteObject({ Bucket: bucket, Key: 'endpoints/kept.json' });
    assert.equal(await at.environment.endpoints.describe('kept'), undefined);
  });

  describe('under a lease', () => {
    const free: Gatekeeper = { before: () => Promise.resolve(), after: () => Promise.resolve() };
    const times = { expiryMs: 400, pollMs: 20 };
    const leaseOf = (held: HeldLease) => {
      const settings = settingsOf('prod', at.entry, process.env);
      const clients = makeClients(settings, credentialsOf(settings), free);
      return leaseWriter({ settings, clients, project: at.project } as unknown as Account, held, times);
    };
    const left = (host: string) => ({
      ...{ purpose: 'run elsewhere', pid: 1, host, startedAt: '2026-11-21T09:00:00Z', fence: 7, nonce: 'n' },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });

    const leave = (host: string) => {
      const Metadata = { 'mlops-project': 'churn', 'mlops-environment': 'prod' };
      const Body = JSON.stringify(left(host));
      return at.fill.clients.s3.putObject({ Bucket: bucket, Key: 'lease.json', Body, Metadata });
    };

    it('takes over one elsewhere that is not renewed, whatever its clock says', async () => {
      await leave('elsewhere');
      const told: LeaseHolder[] = [];
      const lease = await leaseOf({ check: () => undefined }).acquire('mine', { onTakeOver: (one) => told.push(one) });
      assert.deepEqual(
        told.map(({ purpose }) => purpose),
        ['run elsewhere'],
      );
      const record = JSON.parse(Buffer.from((await at.environment.objects.read('lease.json'))!).toString()) as {
        fence: number;
      };
      assert.equal(record.fence, 8);
      await lease.release();
    });

    it('keeps it for longer than it lasts by renewing it', async () => {
      const held: HeldLease = { check: () => undefined };
      const lease = await leaseOf(held).acquire('mine');
      const cancel = AbortSignal.timeout(1_200);
      await assert.rejects(leaseOf({ check: () => undefined }).acquire('other', { signal: cancel }), /cancelled/);
      await held.check();
      await lease.release();
      assert.equal(await at.environment.objects.head('lease.json'), undefined);
    });

    it('writes no more once another one holds it, and leaves it to them', async () => {
      const held: HeldLease = { check: () => undefined };
      const lease = await leaseOf(held).acquire('mine');
      await leave('elsewhere');
      await assert.rejects(async () => {
        for (;;) {
          await held.check();
          await new Promise((go) => setTimeout(go, 20));
        }
      }, /lost its lease to run elsewhere/);
      await lease.release();
      assert.equal((await at.environment.lease.holder())?.purpose, 'run elsewhere');
      await at.fill.clients.s3.deleteObject({ Bucket: bucket, Key: 'lease.json' });
    });
  });
});
