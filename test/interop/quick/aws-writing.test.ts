import assert from 'node:assert/strict';
import { BrokenError, ConflictError, RefusedError } from '../../../src/common/errors.js';
import { openAws } from '../../../src/platform/aws/index.js';
import { makeClients, type Gatekeeper } from '../../../src/platform/aws/account/clients.js';
import { credentialsOf } from '../../../src/platform/aws/account/credentials.js';
import { leaseWriter, type HeldLease } from '../../../src/platform/aws/storage/lease-writer.js';
import type { Account } from '../../../src/platform/aws/account/place.js';
import { settingsOf } from '../../../src/platform/aws/account/settings.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { LeaseHolder } from '../../../src/platform/ports/lease.js';
import { leftovers } from '../../../src/pipeline/account/cleanup.js';
import type { Project } from '../../../src/project/schema.js';
import { versionOf } from '../../contract/writing.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { temporaryFolder } from '../../support/temporary.js';

const bucket = 'writing';
const role = 'arn:aws:iam::123456789012:role/test';

describe('writing to an AWS account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let fill: AwsFill;
  let environment: Environment;
  let project: Project;
  const entry = () => ({ kind: 'aws', endpointUrl: double.url, bucket, role, image: 'serve:1' }) as const;
  const writers = () => environment.writers('test');
  const asked = (modelVersion: string) => ({
    ...{ name: 'served', group: 'churn', capture: 1 },
    variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
  });

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    fill = fillAws(double.url, bucket);
    await fill.bucket(bucket);
    project = {
      folder: folder.path,
      file: { name: 'churn', endpoint: { name: 'served', instance: 'ml.m5.large' } },
    } as Project;
    environment = await openAws(project, 'prod', entry(), { allowed: () => ['prod'] });
  });
  beforeEach(() => double.forget());
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('tells a rollback from a success, and keeps the configuration in use', async () => {
    const { registry, endpoints } = writers();
    for (const version of ['v1', 'v2']) await registry.register(versionOf('churn', version));
    await endpoints.deploy(asked('v1'));
    const inUse = (await fill.clients.sagemaker.describeEndpoint({ EndpointName: 'served' })).EndpointConfigName;
    double.endpoints.rollBackNext('an alarm went off');
    const rollout = { strategy: 'canary', step: 0.1, waitSeconds: 60, alarms: ['served-Invocation5xxErrors'] } as const;
    await assert.rejects(
      endpoints.deploy(asked('v2'), { rollout }),
      (error) => error instanceof BrokenError && /was rolled back: it serves .*an alarm went off/.test(error.message),
    );
    const info = await environment.endpoints.describe('served');
    assert.deepEqual(info?.serving, asked('v1').variants);
    await fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName: inUse });
    assert.equal(double.calls.filter(({ operation }) => operation === 'DeleteEndpointConfig').length, 0);
    assert.deepEqual((await endpoints.deploy(asked('v2'), { rollout })).serving, asked('v2').variants);
  });

  it('tags what it makes with project and environment, and removes only what is its own', async () => {
    const { sagemaker } = fill.clients;
    const { EndpointArn } = await sagemaker.describeEndpoint({ EndpointName: 'served' });
    const { Tags } = await sagemaker.listTags({ ResourceArn: EndpointArn });
    assert.deepEqual(Tags, [
      { Key: 'mlops:project', Value: 'churn' },
      { Key: 'mlops:environment', Value: 'prod' },
    ]);
    await fill.model('foreign', { dataUrl: `s3://${bucket}/m.tar.gz` });
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
    const { EndpointConfigName } = await fill.clients.sagemaker.describeEndpoint({ EndpointName: 'captured' });
    const config = await fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName });
    assert.equal(config.DataCaptureConfig?.DestinationS3Uri, `s3://${bucket}/monitoring/data-capture`);
    assert.equal(config.DataCaptureConfig?.InitialSamplingPercentage, 1);
    assert.equal(info.capturedTo, `s3://${bucket}/monitoring/data-capture`);
  });

  it('does not register under a number that the registry did not give', async () => {
    const { registry } = writers();
    await registry.register(versionOf('numbered', 'v1'));
    await assert.rejects(registry.register(versionOf('numbered', 'v4')), ConflictError);
    assert.equal(await environment.registry.get('numbered', 'v2'), undefined);
    const next = await registry.nextVersion('numbered');
    assert.equal(next, 'v3');
    await registry.register(versionOf('numbered', next));
  });

  it('counts on from the newest version, whatever somebody wrote into the tags of its group', async () => {
    const { registry } = writers();
    await registry.register(versionOf('tagged', 'v1'));
    const { sagemaker } = fill.clients;
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
    const { MetricAlarms = [] } = await fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['told'] });
    const { AlarmName, MetricName, Namespace, Dimensions, Period, EvaluationPeriods, Threshold } = MetricAlarms[0]!;
    const same = { AlarmName, MetricName, Namespace, Dimensions, Period, EvaluationPeriods, Threshold };
    const rest = { ExtendedStatistic: 'p99', TreatMissingData: 'missing', AlarmActions: [topic] };
    const ComparisonOperator = 'GreaterThanOrEqualToThreshold' as const;
    await fill.clients.cloudwatch.putMetricAlarm({ ...same, ...rest, ComparisonOperator });
    double.forget();
    await writers().alarms.put([definition]);
    assert.deepEqual(
      double.calls.filter(({ mutating }) => mutating),
      [],
    );
    await writers().alarms.put([{ ...definition, threshold: 4 }]);
    const changed = await fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['told'] });
    assert.equal(changed.MetricAlarms?.[0]?.Threshold, 4);
    assert.deepEqual(changed.MetricAlarms[0].AlarmActions, [topic]);
  });

  it('ends an update whose rollback failed by a whole new one, though the old configuration is asked for', async () => {
    const { registry, endpoints } = writers();
    for (const version of ['v1', 'v2']) await registry.register(versionOf('mixed', version));
    const mixed = (version: string) => ({ ...asked(version), name: 'mixed', group: 'mixed' });
    await endpoints.deploy(mixed('v1'));
    double.endpoints.rollBackNext('no machines left', 'UpdateRollbackFailed');
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
    double.deny(away);
    // Who may not read the bucket still sees what SageMaker says.
    assert.equal((await environment.endpoints.describe('kept'))?.status, 'InService');
    double.forget();
    await assert.rejects(endpoints.deploy({ ...kept, capture: 0 }), /s3:GetObject/);
    assert.ok(double.calls.every(({ mutating }) => !mutating));
    double.deny(/^$/);
    await endpoints.stop('kept');
    double.deny(away);
    await assert.rejects(environment.endpoints.describe('kept'), /s3:GetObject/);
    await assert.rejects(endpoints.start('kept'), /s3:GetObject/);
    double.deny(/^$/);
    await fill.object('endpoints/kept.json', '{"configName":');
    for (const work of [() => environment.endpoints.describe('kept'), () => environment.endpoints.list()])
      await assert.rejects(work(), /endpoints\/kept\.json: not an endpoint's state/);
    await fill.clients.s3.deleteObject({ Bucket: bucket, Key: 'endpoints/kept.json' });
    assert.equal(await environment.endpoints.describe('kept'), undefined);
  });

  describe('beside others', () => {
    const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

    it('leaves an alarm of the same name that somebody else made', async () => {
      await fill.alarm('of-others');
      const definition = {
        ...{ name: 'of-others', namespace: 'N', metric: 'E', dimensions: {}, statistic: 'Sum', period: 60 },
        ...{ evaluationPeriods: 2, operator: '>=' as const, threshold: 3, missing: 'missing' as const },
      };
      double.forget();
      const { alarms } = writers();
      const refused = (error: unknown) =>
        error instanceof RefusedError && /alarm of-others .*mlops:project=churn/.test(error.message);
      await assert.rejects(alarms.put([{ ...definition, name: 'of-ours' }, definition]), refused);
      await assert.rejects(alarms.remove(['of-others']), refused);
      assert.deepEqual(mutating(), []);
    });

    it('stops, scales and deletes no endpoint that others deployed', async () => {
      await fill.endpoint('of-others');
      double.forget();
      const { endpoints, cloud } = writers();
      const refused = (error: unknown) =>
        error instanceof RefusedError && /endpoint of-others .*mlops:project=churn/.test(error.message);
      await assert.rejects(endpoints.stop('of-others'), refused);
      await assert.rejects(endpoints.remove('of-others'), refused);
      await assert.rejects(cloud!.fleet.scale('of-others', { instances: 2 }), refused);
      assert.deepEqual(mutating(), []);
    });

    it('leaves a pipeline of the same name that somebody else made', async () => {
      const request = { PipelineName: 'of-others', PipelineDefinition: '{}', RoleArn: role };
      await fill.clients.sagemaker.createPipeline({ ...request, ClientRequestToken: 'x'.repeat(32) });
      double.forget();
      const pipeline = { name: 'of-others', description: 'd', definition: '{"Steps":[]}', role };
      await assert.rejects(writers().cloud!.pipelines.put(pipeline), RefusedError);
      assert.deepEqual(mutating(), []);
    });

    it('leaves a dashboard of the same name that somebody else or another environment made', async () => {
      const body = (environment: string) => {
        const mark = `mlops:project=churn mlops:environment=${environment} mlops:region=us-east-1`;
        return JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: `# churn\n${mark}` } }] });
      };
      const { dashboards } = writers().cloud!;
      for (const theirs of [body('prod-eu'), '{"widgets":[]}']) {
        await fill.clients.cloudwatch.putDashboard({ DashboardName: 'of-others', DashboardBody: theirs });
        double.forget();
        const refused = /dashboard of-others .*mlops:environment=prod mlops:region=us-east-1/;
        await assert.rejects(dashboards.put('of-others', body('prod')), refused);
        await assert.rejects(dashboards.remove(['of-others']), refused);
        assert.deepEqual(mutating(), []);
      }
      await dashboards.put('of-ours', body('prod'));
      await dashboards.put('of-ours', body('prod'));
      await dashboards.remove(['of-ours']);
      assert.equal(await environment.cloud!.dashboards.read('of-ours'), undefined);
    });

    it("leaves another environment's endpoint of the same name", async () => {
      await writers().endpoints.deploy({ ...asked('v1'), name: 'shared' });
      const staging = await openAws(project, 'staging', entry(), { allowed: () => ['staging'] });
      const { endpoints } = staging.writers('test');
      double.forget();
      const refused = /endpoint shared carries mlops:environment=prod/;
      await assert.rejects(endpoints.deploy({ ...asked('v2'), name: 'shared' }), refused);
      await assert.rejects(endpoints.stop('shared'), refused);
      await assert.rejects(endpoints.remove('shared'), refused);
      assert.deepEqual(mutating(), []);
    });

    it('releases into an endpoint of others once it was adopted by name, and gives it back without ending it', async () => {
      await writers().registry.register(versionOf('adopting', 'v1'));
      await fill.endpoint('adopted');
      const theirs = await fill.clients.sagemaker.describeEndpoint({ EndpointName: 'adopted' });
      const release = { ...asked('v1'), name: 'adopted', group: 'adopting' };
      const { endpoints, cloud } = writers();
      await assert.rejects(endpoints.deploy(release), /mlops endpoint adopt adopted/);
      assert.equal(await cloud!.adoption.adopt('adopted'), true);
      assert.equal(await cloud!.adoption.adopt('adopted'), false);
      assert.equal((await endpoints.deploy(release)).status, 'InService');
      await fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName: theirs.EndpointConfigName });
      for (const end of [endpoints.stop('adopted'), endpoints.remove('adopted')])
        await assert.rejects(end, (error) => error instanceof RefusedError && error.message.includes('was adopted'));
      const listed = (await environment.cloud!.resources.tagged()).find(({ name }) => name === 'adopted');
      await assert.rejects(cloud!.resources.remove(listed!), RefusedError);
      const found = await leftovers(project, environment);
      const given = found.find(({ kind, name }) => kind === 'endpoint' && name === 'adopted')!;
      assert.equal(given.released, true);
      await given.remove(writers(), {});
      const after = await fill.clients.sagemaker.describeEndpoint({ EndpointName: 'adopted' });
      assert.equal(after.EndpointStatus, 'InService');
      assert.deepEqual((await fill.clients.sagemaker.listTags({ ResourceArn: after.EndpointArn })).Tags, []);
    });

    it('finds what carries its tags without asking each thing of the account, and also where it must', async () => {
      for (const name of ['foreign-1', 'foreign-2', 'foreign-3', 'foreign-4'])
        await fill.model(name, { dataUrl: `s3://${bucket}/m.tar.gz` });
      await fill.alarm('handed-over');
      const { MetricAlarms = [] } = await fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['handed-over'] });
      const Tags = ['project=churn', 'environment=prod'].map((tag) => {
        const [key, Value] = tag.split('=');
        return { Key: `mlops:${key}`, Value };
      });
      await fill.clients.cloudwatch.tagResource({ ResourceARN: MetricAlarms[0]!.AlarmArn, Tags });
      const find = async () => {
        double.forget();
        const found = await environment.cloud!.resources.tagged();
        const asked = double.calls.filter(({ operation }) => /^List(Tags|TagsForResource)$/.test(operation)).length;
        return { names: found.map(({ kind, name }) => `${kind} ${name}`), asked };
      };
      const quick = await find();
      assert.ok(quick.names.includes('alarm handed-over'), quick.names.join());
      assert.ok(
        quick.names.some((name) => name.startsWith('model-version ')),
        quick.names.join(),
      );
      double.deny(/GetResources/);
      const slow = await find();
      double.deny(/^$/);
      assert.deepEqual(quick.names, slow.names);
      assert.ok(quick.asked + 5 <= slow.asked, `${quick.asked} instead of ${slow.asked}`);
      // What is gone is not found, whatever the service remembers.
      await fill.clients.cloudwatch.deleteAlarms({ AlarmNames: ['handed-over'] });
      assert.ok(!(await find()).names.includes('alarm handed-over'));
    });

    it('cleans up no configuration and no model that an endpoint of others serves with', async () => {
      await writers().registry.register(versionOf('taken-over', 'v1'));
      await writers().registry.register(versionOf('taken-over', 'v2'));
      await fill.endpoint('taken-over');
      const taken = (version: string) => ({ ...asked(version), name: 'taken-over', group: 'taken-over' });
      await writers().cloud!.adoption.adopt('taken-over');
      for (const version of ['v1', 'v2']) await writers().endpoints.deploy(taken(version));
      const { EndpointConfigName } = await fill.clients.sagemaker.describeEndpoint({ EndpointName: 'taken-over' });
      const found = (await environment.cloud!.resources.tagged()).filter(({ name }) => name.startsWith('taken-over'));
      const kinds = found.map(({ kind }) => kind).sort();
      const made = ['endpoint-config', 'model', 'model-group', 'model-version', 'model-version'];
      assert.deepEqual(kinds, ['endpoint', ...made]);
      assert.equal(found.find(({ kind }) => kind === 'endpoint')?.adopted, true);
      assert.ok(found.every(({ name }) => name !== EndpointConfigName));
    });
  });

  describe('under a lease', () => {
    const free: Gatekeeper = { before: () => Promise.resolve(), after: () => Promise.resolve() };
    const times = { expiryMs: 400, pollMs: 20 };
    const leaseOf = (held: HeldLease) => {
      const settings = settingsOf('prod', entry(), process.env);
      const clients = makeClients(settings, credentialsOf(settings), free);
      return leaseWriter({ settings, clients, project } as unknown as Account, held, times);
    };
    const left = (host: string) => ({
      ...{ purpose: 'run elsewhere', pid: 1, host, startedAt: '2026-11-21T09:00:00Z', fence: 7, nonce: 'n' },
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });

    const leave = (host: string) => {
      const Metadata = { 'mlops-project': 'churn', 'mlops-environment': 'prod' };
      const Body = JSON.stringify(left(host));
      return fill.clients.s3.putObject({ Bucket: bucket, Key: 'lease.json', Body, Metadata });
    };

    it('takes over one elsewhere that is not renewed, whatever its clock says', async () => {
      await leave('elsewhere');
      const told: LeaseHolder[] = [];
      const lease = await leaseOf({ check: () => undefined }).acquire('mine', { onTakeOver: (one) => told.push(one) });
      assert.deepEqual(
        told.map(({ purpose }) => purpose),
        ['run elsewhere'],
      );
      const record = JSON.parse(Buffer.from((await environment.objects.read('lease.json'))!).toString()) as {
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
      assert.equal(await environment.objects.head('lease.json'), undefined);
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
      assert.equal((await environment.lease.holder())?.purpose, 'run elsewhere');
      await fill.clients.s3.deleteObject({ Bucket: bucket, Key: 'lease.json' });
    });
  });
});
