import assert from 'node:assert/strict';
import { planApply } from '../../../src/pipeline/account/apply.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { projectFile } from '../../support/stage-context.js';

describe('what applying would change', () => {
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
