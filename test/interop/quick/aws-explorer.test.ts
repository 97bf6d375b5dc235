import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors.js';
import { configDrift } from '../../../src/pipeline/endpoints/drift.js';
import { lookAt } from '../../../src/pipeline/endpoints/look.js';
import type { Current } from '../../../src/vscode/session/session.js';
import { makeEndpointLevels } from '../../../src/vscode/trees/endpoints/endpoint-levels.js';
import { variant } from '../../doubles/aws/fill.js';
import { world } from '../../doubles/aws/world.js';

import { exploredAccount } from '../../support/explored-account.js';

const dayMs = 24 * 3600e3;

describe('exploring an AWS account', function () {
  this.timeout(60_000);
  const at = exploredAccount();
  const described = async (name: string) => (await at.environment.endpoints.describe(name))!;
  const writers = () => at.environment.writers('test');
  const operations = () => at.double.calls.map(({ operation }) => operation);

  describe('endpoints', () => {
    it('tells machines, cost by the dated table, and that nobody uses it, not before it is a day old', async () => {
      const endpoint = await described(world.endpoint);
      assert.equal(endpoint.ours, true);
      assert.deepEqual(endpoint.fleet, [
        {
          ...{ name: 'AllTraffic', modelVersion: 'v1', weight: 1, desiredWeight: 1 },
          ...{ model: 'hdd-failure-v1', instance: 'ml.m5.large', instances: 1, desiredInstances: 1 },
        },
      ]);
      const young = await lookAt(at.environment, endpoint, new Date());
      assert.equal(young.hourlyCost, 0.115);
      assert.equal(young.invocations24h, 0);
      assert.equal(young.idle, null);
      assert.match(young.reasons.idle!, /less than 24 hours ago/);
      const old = { ...endpoint, createdAt: new Date(Date.now() - 2 * dayMs).toISOString() };
      assert.equal((await lookAt(at.environment, old, new Date())).idle, true);
    });

    it('is not idle when it was asked, and not called so when metrics may not be read', async () => {
      const endpoint = await described(world.endpoint);
      const old = { ...endpoint, createdAt: new Date(Date.now() - 2 * dayMs).toISOString() };
      at.double.deny(/GetMetricData/);
      const blind = await lookAt(at.environment, old, new Date());
      assert.equal(blind.idle, null);
      assert.match(blind.reasons.idle!, /IAM action cloudwatch:GetMetricData/);
      at.double.deny(/^$/);
      const dimensions = { EndpointName: world.endpoint, VariantName: 'AllTraffic' };
      await at.fill.metric('AWS/SageMaker', [
        { metric: 'Invocations', dimensions, value: 3, at: new Date(Date.now() - 60_000) },
      ]);
      const used = await lookAt(at.environment, old, new Date());
      assert.deepEqual([used.invocations24h, used.idle], [3, false]);
    });

    it("shows hundreds of others' endpoints without describing one, and describes the one that is opened", async () => {
      for (let number = 0; number < 120; number += 1) {
        const EndpointName = `theirs-${String(number).padStart(3, '0')}`;
        await at.fill.clients.sagemaker.createEndpoint({
          EndpointName,
          EndpointConfigName: `${world.endpoint}-config`,
        });
      }
      const current = { project: at.project, environment: at.environment } as Current;
      const levels = makeEndpointLevels();
      at.double.forget();
      const items = await levels.roots(current);
      const described = operations().filter((operation) => operation === 'DescribeEndpoint');
      assert.equal(described.length, 1, operations().join());
      assert.equal(items[0]?.target?.kind === 'endpoint' && items[0].target.name, world.endpoint);
      const others = items.find(({ id }) => id === 'endpoints-others');
      assert.equal(others?.label, '120 endpoints of others');
      const one = others.children!.find(({ id }) => id.endsWith('theirs-007'))!;
      assert.match(one.description!, /not this project’s/);
      at.double.forget();
      const parts = await levels.children(current, one);
      assert.equal(operations().filter((operation) => operation === 'DescribeEndpoint').length, 1);
      assert.match(parts.find(({ label }) => label === 'Cost')!.description!, /^about \$0\.12 an hour/);
      at.double.forget();
      await levels.roots(current);
      const asked = operations().filter((operation) => operation === 'GetMetricData').length;
      assert.ok(asked <= 4, `${asked}: what goes on now, of the project's own endpoint; neither cost nor use of a day`);
    });

    it('that was rolled back does not serve what was asked for, though it is in service', async () => {
      const name = 'churn-staging';
      const { endpoints } = writers();
      const config = (modelVersion: string) => ({
        ...{ name, group: world.project, capture: 1 },
        variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
      });
      await at.fill.modelVersion(world.project, 2);
      await endpoints.deploy(config('v1'));
      assert.equal(configDrift(await described(name)), null);
      at.double.endpoints.rollBackNext('alarm churn-5xx went off');
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
      const { sagemaker } = at.fill.clients;
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
      assert.equal((await lookAt(at.environment, scaled, new Date())).hourlyCost, 0.345);
      await endpoints.stop(name);
      const stopped = await lookAt(at.environment, await described(name), new Date());
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
      const look = await lookAt(at.environment, await described(world.endpoint), new Date());
      assert.deepEqual(look.schedules, []);
      assert.equal(look.reasons.schedules, undefined);
    });

    it('say their last execution: violations, and why one failed', async () => {
      await at.fill.schedule('served-data-quality', world.endpoint);
      await at.fill.schedule('served-model-quality', world.endpoint, 'ModelQuality');
      at.double.schedules.ran('served-data-quality', 'CompletedWithViolations');
      at.double.schedules.ran('served-model-quality', 'Failed', 'Job inputs had no data');
      const { schedules } = await lookAt(at.environment, await described(world.endpoint), new Date());
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
      assert.deepEqual(await at.environment.cloud!.schedules.list('churn-scaled'), []);
    });

    it('that may not be looked at name the right, and leave the rest as it is', async () => {
      at.double.deny(/ListMonitoringSchedules/);
      const look = await lookAt(at.environment, await described(world.endpoint), new Date());
      assert.equal(look.schedules, null);
      assert.match(look.reasons.schedules!, /IAM action sagemaker:ListMonitoringSchedules/);
      assert.equal(look.hourlyCost, 0.115);
    });
  });
});
