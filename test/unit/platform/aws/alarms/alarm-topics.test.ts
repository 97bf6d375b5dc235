import assert from 'node:assert/strict';
import { endpointAlarms } from '../../../../../src/alarms/endpoint-alarms.js';
import { compositeRequest, metricRequest, tellsAll } from '../../../../../src/platform/aws/alarms/alarm-request.js';
import { wantedAlarms } from '../../../../../src/pipeline/alarms-of.js';
import { planApply } from '../../../../../src/pipeline/account/apply.js';
import type { AlarmState } from '../../../../../src/platform/ports/alarms.js';
import type { Environment } from '../../../../../src/platform/ports/environment.js';
import type { Project } from '../../../../../src/project/schema.js';

const ours = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const theirs = 'arn:aws:sns:eu-west-1:123456789012:theirs';
const topics = { alarm: [ours], ok: [ours], noData: [] };
const [alarm] = endpointAlarms('churn');
const before = { AlarmActions: [theirs], InsufficientDataActions: [theirs], AlarmDescription: 'why' };

const file = {
  ...{ name: 'churn', endpoint: { name: 'churn', capture: 1, instance: 'ml.m5.large' }, environments: {} },
  alarms: [
    {
      name: 'errors',
      metric: 'Invocation5XXErrors',
      rule: '> 0',
      period: '5m',
      of: '1/1',
      missing: 'missing',
      then: ['topic', 'note'],
    },
    { name: 'made', composite: 'ALARM(errors)', then: ['end'] },
  ],
  actions: {
    topic: { kind: 'sns', topic: ours },
    note: { kind: 'notification' },
    end: { kind: 'sns', topic: theirs, on: ['ok'] },
  },
} as unknown as Project['file'];

/** An account with these alarms and nothing else. */
const account = (items: AlarmState[]) =>
  ({
    ...{ name: 'prod', kind: 'aws', region: 'eu-west-1' },
    alarms: { list: () => Promise.resolve({ items }) },
    cloud: {
      resources: { tagged: () => Promise.resolve([]) },
      dashboards: { list: () => Promise.resolve({ items: [] }) },
      lifecycle: { read: () => Promise.resolve({ ours: [], others: 0 }) },
    },
  }) as unknown as Environment;

describe('topics that an alarm of an account tells', () => {
  it('stand in the alarm itself, beside those that others set', () => {
    const { AlarmActions, OKActions, InsufficientDataActions, AlarmDescription } = metricRequest(
      { ...alarm!, topics },
      before,
    );
    assert.deepEqual(
      [AlarmActions, OKActions, InsufficientDataActions, AlarmDescription],
      [[theirs, ours], [ours], [theirs], 'why'],
    );
    const made = compositeRequest({ name: 'made', composite: 'ALARM(a)', topics }, undefined);
    assert.deepEqual([made.AlarmActions, made.OKActions, made.InsufficientDataActions], [[ours], [ours], undefined]);
    assert.equal(tellsAll(made, topics), true);
    assert.equal(tellsAll(before, topics), false);
    assert.deepEqual(metricRequest(alarm!, before).AlarmActions, [theirs], 'nothing is asked for');
  });

  it('are those that "then" names of an sns action, each when it is for', async () => {
    const { wanted } = await wantedAlarms(file, account([]));
    assert.deepEqual(
      wanted.map((one) => one.topics),
      [topics, { alarm: [], ok: [theirs], noData: [] }],
    );
    const { wanted: here } = await wantedAlarms(file, { kind: 'local' } as Environment);
    assert.ok(
      here.every((one) => one.topics === undefined),
      'this machine has none',
    );
  });

  it('are a difference that apply shows while one is missing', async () => {
    const { wanted } = await wantedAlarms(file, account([]));
    const { topics: _, ...definition } = wanted[0]!;
    const stands = (targets: string[]) =>
      ({
        name: 'errors',
        definition,
        state: 'OK',
        since: '',
        reason: '',
        actions: { enabled: true, targets },
      }) as AlarmState;
    const change = async (targets: string[]) => {
      const { alarms } = await planApply({ file } as Project, account([stands(targets)]));
      return alarms.find(({ name }) => name === 'errors')?.change;
    };
    assert.equal(await change([theirs, ours]), 'unchanged');
    assert.notEqual(await change([theirs]), 'unchanged');
  });
});
