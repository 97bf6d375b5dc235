import assert from 'node:assert/strict';
import { parted } from '../../../src/pipeline/project-alarms.js';
import type { AlarmRule, AlarmState } from '../../../src/platform/ports/alarms.js';

const state = { state: 'OK', since: '', reason: '' } as const;
const plain = (name: string, endpoint?: string): AlarmState => ({
  ...state,
  name,
  definition: {
    ...{ name, namespace: 'n', metric: 'm', statistic: 'Sum', period: 60, evaluationPeriods: 1 },
    ...{ operator: '>', threshold: 1, missing: 'missing' },
    dimensions: endpoint === undefined ? {} : { EndpointName: endpoint },
  },
});
const ruled = (name: string, rule: Partial<AlarmRule>): AlarmState => ({
  ...{ ...state, name },
  rule: { kind: 'composite', text: '', endpoints: [], alarms: [], ...rule },
});
const names = (alarms: AlarmState[]) => alarms.map(({ name }) => name);

describe('the alarms of a project', () => {
  const asked = new Set(['churn-5xx']);
  const endpoints = new Set(['churn', 'churn-staging']);

  it('are those that mlops.json asks for, and those that watch one of its endpoints', () => {
    const all = [
      plain('churn-5xx'),
      plain('by-hand', 'churn-staging'),
      plain('theirs', 'churn-of-others'),
      plain('cpu'),
    ];
    const { ours, others } = parted(all, asked, endpoints);
    assert.deepEqual(names(ours), ['churn-5xx', 'by-hand']);
    assert.deepEqual(names(others), ['theirs', 'cpu']);
  });

  it('are also expressions over its endpoints, and alarms made of such, however deep and in whatever order', () => {
    const all = [
      ruled('top', { alarms: ['middle'] }),
      ruled('middle', { alarms: ['share', 'theirs'] }),
      ruled('share', { kind: 'expression', endpoints: ['churn'] }),
      ruled('of-theirs', { alarms: ['theirs'] }),
      plain('theirs'),
    ];
    const { ours, others } = parted(all, asked, endpoints);
    assert.deepEqual(names(ours), ['top', 'middle', 'share']);
    assert.deepEqual(names(others), ['of-theirs', 'theirs']);
  });
});
