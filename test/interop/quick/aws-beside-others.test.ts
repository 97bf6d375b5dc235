import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/common/errors.js';
import { openAws } from '../../../src/platform/aws/index.js';
import { leftovers } from '../../../src/pipeline/account/cleanup.js';
import { versionOf } from '../../contract/writing.js';

import { asked, bucket, role, writtenAccount } from '../../support/written-account.js';

describe('writing to an AWS account beside others', function () {
  this.timeout(60_000);
  const at = writtenAccount();
  const writers = () => at.environment.writers('test');

  const mutating = () => at.double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

  it('leaves an alarm of the same name that somebody else made', async () => {
    await at.fill.alarm('of-others');
    const definition = {
      ...{ name: 'of-others', namespace: 'N', metric: 'E', dimensions: {}, statistic: 'Sum', period: 60 },
      ...{ evaluationPeriods: 2, operator: '>=' as const, threshold: 3, missing: 'missing' as const },
    };
    at.double.forget();
    const { alarms } = writers();
    const refused = (error: unknown) =>
      error instanceof RefusedError && /alarm of-others .*mlops:project=churn/.test(error.message);
    await assert.rejects(alarms.put([{ ...definition, name: 'of-ours' }, definition]), refused);
    await assert.rejects(alarms.remove(['of-others']), refused);
    assert.deepEqual(mutating(), []);
  });

  it('stops, scales and deletes no endpoint that others deployed', async () => {
    await at.fill.endpoint('of-others');
    at.double.forget();
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
    await at.fill.clients.sagemaker.createPipeline({ ...request, ClientRequestToken: 'x'.repeat(32) });
    at.double.forget();
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
      await at.fill.clients.cloudwatch.putDashboard({ DashboardName: 'of-others', DashboardBody: theirs });
      at.double.forget();
      const refused = /dashboard of-others .*mlops:environment=prod mlops:region=us-east-1/;
      await assert.rejects(dashboards.put('of-others', body('prod')), refused);
      await assert.rejects(dashboards.remove(['of-others']), refused);
      assert.deepEqual(mutating(), []);
    }
    await dashboards.put('of-ours', body('prod'));
    await dashboards.put('of-ours', body('prod'));
    await dashboards.remove(['of-ours']);
    assert.equal(await at.environment.cloud!.dashboards.read('of-ours'), undefined);
  });

  it("leaves another environment's endpoint of the same name", async () => {
    await writers().registry.register(versionOf('sharing', 'v1'));
    await writers().endpoints.deploy({ ...asked('v1'), name: 'shared', group: 'sharing' });
    const staging = await openAws(at.project, 'staging', at.entry, { allowed: () => ['staging'] });
    const { endpoints } = staging.writers('test');
    at.double.forget();
    const refused = /endpoint shared carries mlops:environment=prod/;
    await assert.rejects(endpoints.deploy({ ...asked('v2'), name: 'shared' }), refused);
    await assert.rejects(endpoints.stop('shared'), refused);
    await assert.rejects(endpoints.remove('shared'), refused);
    assert.deepEqual(mutating(), []);
  });

  it('releases into an endpoint of others once it was adopted by name, and gives it back without ending it', async () => {
    await writers().registry.register(versionOf('adopting', 'v1'));
    await at.fill.endpoint('adopted');
    const theirs = await at.fill.clients.sagemaker.describeEndpoint({ EndpointName: 'adopted' });
    const release = { ...asked('v1'), name: 'adopted', group: 'adopting' };
    const { endpoints, cloud } = writers();
    await assert.rejects(endpoints.deploy(release), /mlops endpoint adopt adopted/);
    assert.equal(await cloud!.adoption.adopt('adopted'), true);
    assert.equal(await cloud!.adoption.adopt('adopted'), false);
    assert.equal((await endpoints.deploy(release)).status, 'InService');
    await at.fill.clients.sagemaker.describeEndpointConfig({ EndpointConfigName: theirs.EndpointConfigName });
    for (const end of [endpoints.stop('adopted'), endpoints.remove('adopted')])
      await assert.rejects(end, (error) => error instanceof RefusedError && error.message.includes('was adopted'));
    const listed = (await at.environment.cloud!.resources.tagged()).find(({ name }) => name === 'adopted');
    await assert.rejects(cloud!.resources.remove(listed!), RefusedError);
    const found = await leftovers(at.project, at.environment);
    const given = found.find(({ kind, name }) => kind === 'endpoint' && name === 'adopted')!;
    assert.equal(given.released, true);
    await given.remove(writers(), {});
    const after = await at.fill.clients.sagemaker.describeEndpoint({ EndpointName: 'adopted' });
    assert.equal(after.EndpointStatus, 'InService');
    assert.deepEqual((await at.fill.clients.sagemaker.listTags({ ResourceArn: after.EndpointArn })).Tags, []);
  });

  it('finds what carries its tags without asking each thing of the account, and also where it must', async () => {
    for (const name of ['foreign-1', 'foreign-2', 'foreign-3', 'foreign-4'])
      await at.fill.model(name, { dataUrl: `s3://${bucket}/m.tar.gz` });
    await at.fill.alarm('handed-over');
    const { MetricAlarms = [] } = await at.fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['handed-over'] });
    const Tags = ['project=churn', 'environment=prod'].map((tag) => {
      const [key, Value] = tag.split('=');
      return { Key: `mlops:${key}`, Value };
    });
    await at.fill.clients.cloudwatch.tagResource({ ResourceARN: MetricAlarms[0]!.AlarmArn, Tags });
    const find = async () => {
      at.double.forget();
      const found = await at.environment.cloud!.resources.tagged();
      const asked = at.double.calls.filter(({ operation }) => /^List(Tags|TagsForResource)$/.test(operation)).length;
      return { names: found.map(({ kind, name }) => `${kind} ${name}`), asked };
    };
    const quick = await find();
    assert.ok(quick.names.includes('alarm handed-over'), quick.names.join());
    assert.ok(
      quick.names.some((name) => name.startsWith('model-version ')),
      quick.names.join(),
    );
    at.double.deny(/GetResources/);
    const slow = await find();
    at.double.deny(/^$/);
    assert.deepEqual(quick.names, slow.names);
    assert.ok(quick.asked + 5 <= slow.asked, `${quick.asked} instead of ${slow.asked}`);
    // What is gone is not found, whatever the service remembers.
    await at.fill.clients.cloudwatch.deleteAlarms({ AlarmNames: ['handed-over'] });
    assert.ok(!(await find()).names.includes('alarm handed-over'));
  });

  it('cleans up no configuration and no model that an endpoint of others serves with', async () => {
    await writers().registry.register(versionOf('taken-over', 'v1'));
    await writers().registry.register(versionOf('taken-over', 'v2'));
    await at.fill.endpoint('taken-over');
    const taken = (version: string) => ({ ...asked(version), name: 'taken-over', group: 'taken-over' });
    await writers().cloud!.adoption.adopt('taken-over');
    for (const version of ['v1', 'v2']) await writers().endpoints.deploy(taken(version));
    const { EndpointConfigName } = await at.fill.clients.sagemaker.describeEndpoint({ EndpointName: 'taken-over' });
    const found = (await at.environment.cloud!.resources.tagged()).filter(({ name }) => name.startsWith('taken-over'));
    const kinds = found.map(({ kind }) => kind).sort();
    const made = ['endpoint-config', 'model', 'model-group', 'model-version', 'model-version'];
    assert.deepEqual(kinds, ['endpoint', ...made]);
    assert.equal(found.find(({ kind }) => kind === 'endpoint')?.adopted, true);
    assert.ok(found.every(({ name }) => name !== EndpointConfigName));
  });
});
