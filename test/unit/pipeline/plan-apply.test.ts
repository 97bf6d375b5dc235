import assert from 'node:assert/strict';
import { wantedAlarms } from '../../../src/pipeline/alarms-of.js';
import { planApply } from '../../../src/pipeline/account/apply.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { projectFile } from '../../support/stage-context.js';

describe('what applying would change', () => {
  const errors = { namespace: 'AWS/SageMaker', metric: 'Invocation5XXErrors', statistic: 'Average', period: 60 };
  const theirs = (dimensions: Record<string, string>, operator: '>' | '<' = '>') => ({
    name: 'theirs',
    state: 'OK',
    definition: {
      name: 'theirs',
      ...errors,
      dimensions,
      evaluationPeriods: 2,
      operator,
      threshold: 7,
      missing: 'missing',
    },
  });
  /** An account with one alarm, and the names of those that carry our tag. */
  const account = (alarm: object, own: string[]) =>
    ({
      ...{ name: 'prod', kind: 'aws', alarms: { list: () => Promise.resolve({ items: [alarm] }) } },
      cloud: { resources: { tagged: () => Promise.resolve(own.map((name) => ({ name }))) } },
    }) as unknown as Environment;
  const served = { EndpointName: 'e', VariantName: 'AllTraffic' };

  for (const [what, environment, made] of [
    ['an alarm of others watches the same metric', account(theirs(served), []), false],
    ['it is our own of another name', account(theirs(served), ['theirs']), true],
    ['it watches another endpoint', account(theirs({ ...served, EndpointName: 'f' }), []), true],
    ['it watches the other side of a limit', account(theirs(served, '<'), []), true],
  ] as const)
    it(`${made ? 'makes' : 'does not make'} one of the usual set where ${what}`, async () => {
      const file = projectFile({ endpoint: { name: 'e' }, alarms: 'endpoint' });
      const { wanted, reused } = await wantedAlarms(file, environment);
      assert.equal(wanted.length, made ? 8 : 7);
      const found = reused.map(({ name, instead }) => [name, instead]);
      assert.deepEqual(found, made ? [] : [['theirs', 'e-Invocation5xxErrors']]);
    });

  it('makes each alarm that mlops.json lists, whatever others watch', async () => {
    const alarm = { name: 'mine', ...errors, dimensions: served, evaluationPeriods: 1, operator: '>', threshold: 1 };
    const file = projectFile({ endpoint: { name: 'e' }, alarms: [alarm] });
    assert.equal((await wantedAlarms(file, account(theirs(served), []))).wanted.length, 1);
  });

  it('is told where somebody gave an alarm of ours a rule that is not read here', async () => {
    const part = {
      ...{ namespace: 'n', metric: 'm', statistic: 'Sum', period: 60, evaluationPeriods: 1 },
      ...{ operator: '>', threshold: 1 },
    };
    const file = projectFile({
      alarms: [
        { name: 'a', ...part },
        { name: 'both', composite: 'ALARM(a)' },
      ],
    });
    const composite = 'AT_LEAST(1, ALARM, (a, b))';
    const items = [{ name: 'both', rule: { text: composite }, asked: { name: 'both', composite } }];
    const environment = { name: 'local', kind: 'local', alarms: { list: () => Promise.resolve({ items }) } };
    const plan = await planApply({ folder: '/', sql: {}, file }, environment as unknown as Environment);
    assert.deepEqual(
      plan.alarms.map(({ name, change }) => [name, change]),
      [
        ['a', 'add'],
        ['both', 'change'],
      ],
    );
  });
});
