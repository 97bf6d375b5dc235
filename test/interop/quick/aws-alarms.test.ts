import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/common/errors.js';
import { carryOut, planApply, planChanges } from '../../../src/pipeline/account/apply.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import { projectAlarmSchema } from '../../../src/project/alarms/alarm-schema.js';
import type { Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { bikeshareAlarms } from '../../support/bikeshare-alarms.js';
import { projectFile } from '../../support/stage-context.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('alarms of expressions, bands and other alarms in an account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let fill: AwsFill;
  let environment: Environment;
  const projectWith = (alarms: object[]): Project => ({
    ...{ folder: folder.path, sql: {} },
    file: projectFile({ name: 'bikes', endpoint: { name: 'bikes-prod' }, alarms }),
  });
  const all = bikeshareAlarms('bikes-prod');
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);
  const apply = async (alarms: object[]) => {
    const plan = await planApply(projectWith(alarms), environment);
    double.forget();
    await carryOut(plan, environment.writers('apply'));
    return plan.alarms.filter(({ change }) => change !== 'unchanged');
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    fill = fillAws(double.url, 'bikes');
    await fill.bucket('bikes');
    const place = { kind: 'aws', endpointUrl: double.url, bucket: 'bikes' } as const;
    environment = await openAws(projectWith(all), 'prod', place, { allowed: () => ['prod'] });
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('are made as mlops.json asks for them, those that others are made of first, and then need no change', async () => {
    const changes = await apply(all);
    assert.deepEqual(
      changes.map(({ change, name }) => [change, name]),
      all.map(({ name }) => ['add', name]),
    );
    assert.equal(mutating().indexOf('PutCompositeAlarm'), 11);
    const again = await planApply(projectWith(all), environment);
    assert.equal(
      planChanges(again),
      false,
      JSON.stringify(again.alarms.filter(({ change }) => change !== 'unchanged')),
    );
    double.forget();
    await environment.writers('again').alarms.put(all.map((one) => projectAlarmSchema.parse(one)));
    assert.deepEqual(mutating(), []);
  });

  it('are what CloudWatch takes', async () => {
    const AlarmTypes = ['MetricAlarm' as const, 'CompositeAlarm' as const];
    const { MetricAlarms = [], CompositeAlarms = [] } = await fill.clients.cloudwatch.describeAlarms({ AlarmTypes });
    const named = (name: string) => MetricAlarms.find(({ AlarmName }) => AlarmName === name)!;
    const rate = named('prod-endpoint-4xx-warn');
    assert.deepEqual(
      rate.Metrics?.map(({ Id, Expression, ReturnData }) => [Id, Expression, ReturnData]),
      [
        ['errors', undefined, false],
        ['requests', undefined, false],
        ['judged', 'errors / requests * 100', true],
      ],
    );
    assert.equal(rate.Threshold, 1);
    const band = named('prod-latency-anomaly');
    assert.equal(band.ThresholdMetricId, 'band');
    assert.equal(band.ComparisonOperator, 'LessThanLowerOrGreaterThanUpperThreshold');
    assert.equal(band.Metrics?.[1]?.Expression, 'ANOMALY_DETECTION_BAND(watched, 2.5)');
    assert.equal(CompositeAlarms[0]?.AlarmRule, '(ALARM("prod-20m-zero") AND ALARM("prod-low-traffic-24h"))');
  });

  it('are listed with how they judge', async () => {
    const kinds = new Map<string, string | undefined>();
    for await (const { name, rule } of everyItem((page) => environment.alarms.list(page))) kinds.set(name, rule?.kind);
    assert.equal(kinds.get('prod-endpoint-invoke-zero'), 'composite');
    assert.equal(kinds.get('prod-endpoint-4xx-warn'), 'expression');
    assert.equal(kinds.get('prod-latency-anomaly'), 'band');
    assert.equal(kinds.get('prod-20m-zero'), undefined);
  });

  it('are changed where mlops.json changes, and by name', async () => {
    const changed = all.map((alarm) => {
      if ('band' in alarm) return { ...alarm, band: 3 };
      if ('composite' in alarm) return { ...alarm, composite: 'ALARM(prod-20m-zero)' };
      return 'expression' in alarm ? { ...alarm, expression: 'errors / FILL(requests, 1)' } : alarm;
    });
    const changes = await apply(changed);
    assert.deepEqual(
      changes.map(({ name, details }) => [name, details]),
      [
        ['prod-endpoint-4xx-warn', ['expression: "errors / requests * 100" -> "errors / FILL(requests, 1)"']],
        ['prod-latency-anomaly', ['band: 2.5 -> 3']],
        [
          'prod-endpoint-invoke-zero',
          [
            'composite: "(ALARM(\\"prod-20m-zero\\") AND ALARM(\\"prod-low-traffic-24h\\"))" -> "ALARM(\\"prod-20m-zero\\")"',
          ],
        ],
      ],
    );
    assert.equal(planChanges(await planApply(projectWith(changed), environment)), false);
  });

  it('become another kind under their name', async () => {
    const plain = { ...all[6], name: 'prod-endpoint-invoke-zero' };
    await apply(all.map((alarm) => (alarm.name === plain.name ? plain : alarm)));
    const { MetricAlarms = [] } = await fill.clients.cloudwatch.describeAlarms({ AlarmNames: [plain.name] });
    assert.equal(MetricAlarms[0]?.Threshold, 0);
    await apply(all);
    assert.equal(planChanges(await planApply(projectWith(all), environment)), false);
  });

  it('of others under such a name are left as they are', async () => {
    const AlarmRule = 'ALARM("prod-20m-zero")';
    await fill.clients.cloudwatch.putCompositeAlarm({ AlarmName: 'of-others', AlarmRule });
    double.forget();
    const { alarms } = environment.writers('test');
    await assert.rejects(alarms.put([{ name: 'of-others', composite: 'ALARM(a)' }]), RefusedError);
    await assert.rejects(alarms.remove(['of-others']), RefusedError);
    assert.deepEqual(mutating(), []);
  });

  it('go before those that they are made of', async () => {
    const changes = await apply([]);
    assert.equal(changes.length, 12);
    assert.ok(changes.every(({ change }) => change === 'remove'));
    const [first] = double.calls.filter(({ operation }) => operation === 'DeleteAlarms');
    assert.ok(first !== undefined);
    const { alarms } = await planApply(projectWith([]), environment);
    assert.deepEqual(alarms, []);
  });
});
