import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ReleaseDocument } from '../../../src/documents/releases/release.js';
import { releasingAccount } from '../../support/releasing-account.js';

const name = 'released';

describe('a release in an AWS account, by its deployment guardrails', function () {
  this.timeout(60_000);
  const { at, made, alarm, ask, start, serving, newestEntry, shifting, setAlarm, endpoint } = releasingAccount(name);

  it('changes nothing before the name of the endpoint was typed, nor on an endpoint that is not the project’s', async () => {
    at.double.forget();
    const refused = await made.project.ask('release', 'start', 'v2', '--env', 'prod');
    assert.equal(refused.code, 5, refused.stderr);
    assert.match(refused.stderr, /release v2 to endpoint released needs its name to be confirmed/);
    assert.deepEqual(
      at.double.calls.filter(({ mutating }) => mutating),
      [],
    );
    await at.fill.endpoint('of-others');
    at.double.forget();
    made.project.write({ endpoint: { name: 'of-others' } });
    const words = ['release', 'start', 'v2', '--env', 'prod', '--yes', '--confirm', 'of-others'];
    const theirs = await made.project.ask(...words);
    made.project.write({});
    assert.equal(theirs.code, 5, theirs.stderr);
    assert.match(theirs.stderr, /endpoint of-others/);
    const touched = at.double.calls.filter(({ mutating }) => mutating).map(({ operation }) => operation);
    assert.ok(
      touched.every((one) => one.includes('lease.json')),
      touched.join(),
    );
  });

  it('says promoted once the endpoint serves what was asked for', async () => {
    const answer = await start('v2');
    assert.equal(answer.code, 0, answer.stderr + answer.stdout);
    const release = JSON.parse(answer.stdout) as ReleaseDocument;
    assert.deepEqual([release.mode, release.outcome], ['service', 'promoted']);
    assert.deepEqual(at.double.endpoints.deployment(name), {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          ...{ Type: 'CANARY', WaitIntervalInSeconds: 30, CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 } },
        },
        MaximumExecutionTimeoutInSeconds: 3660,
      },
      AutoRollbackConfiguration: { Alarms: [{ AlarmName: alarm.name }, { AlarmName: 'released-release-stop' }] },
    });
    assert.deepEqual(await serving(), ['v2']);
    const { what, outcome, from, to } = await newestEntry();
    assert.deepEqual([what, outcome, from, to], ['promote', 'promoted', 'v1', 'v2']);
    const { MetricAlarms } = await at.fill.clients.cloudwatch.describeAlarms({ AlarmNames: ['released-release-stop'] });
    assert.deepEqual(MetricAlarms, [], 'the alarm that stops it is gone with it');
  });

  it('is taken back silently when an alarm goes off, which leaves it InService, and says so', async () => {
    const child = await shifting('v3');
    const ended = once(child, 'close');
    await setAlarm('ALARM');
    await ended;
    assert.equal(child.exitCode, 1);
    await setAlarm('OK');
    assert.equal((await endpoint()).EndpointStatus, 'InService');
    assert.deepEqual(await serving(), ['v2']);
    const { what, outcome, from, to, why } = await newestEntry();
    assert.deepEqual([what, outcome, from, to], ['rollback', 'rolled-back', 'v3', 'v2']);
    assert.match(why, /was rolled back: it serves .*went into ALARM: released-errors/);
  });

  it('may do what it needs on every endpoint that the project names, by the policy that doctor prints', async () => {
    made.project.write({
      endpoint: undefined,
      endpoints: { staging: {}, prod: {} },
      release: { from: 'staging', to: 'prod' },
    });
    const { stdout } = await ask('doctor', '--policy', 'full');
    made.project.write({});
    const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[]; Resource: string[] }[] };
    const may = (action: string, resource: string) =>
      Statement.some(
        ({ Action, Resource }) =>
          [Action].flat().includes(action) && [Resource].flat().some((one) => one.endsWith(resource)),
      );
    for (const one of ['staging', 'prod']) {
      for (const action of ['DescribeEndpoint', 'UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities', 'AddTags'])
        assert.ok(may(`sagemaker:${action}`, `endpoint/released-${one}`), `${action} ${one}\n${stdout}`);
      assert.ok(may('sagemaker:CreateEndpointConfig', `endpoint-config/released-${one}-*`));
    }
    for (const action of ['DescribeAlarms', 'SetAlarmState', 'PutMetricAlarm', 'DeleteAlarms'])
      assert.ok(may(`cloudwatch:${action}`, action === 'DescribeAlarms' ? '*' : 'alarm:*'), action);
  });
});
