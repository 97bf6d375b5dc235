import assert from 'node:assert/strict';
import { ruleOfAlarm } from '../../../src/alarms/rule-of-alarm.js';

const watched = { period: 300, evaluationPeriods: 3, missing: 'missing' } as const;
const metric = (name: string, dimensions: Record<string, string> = {}) => ({
  namespace: 'AWS/SageMaker',
  metric: name,
  statistic: 'Sum',
  dimensions,
});

describe('the rule of an alarm in words', () => {
  it('of one made of others is its text, with their names', () => {
    const composite = 'ALARM(zero) AND NOT OK("low traffic") OR ALARM(zero)';
    assert.deepEqual(ruleOfAlarm({ name: 'both', composite }), {
      kind: 'composite',
      text: composite,
      endpoints: [],
      alarms: ['zero', 'low traffic'],
    });
  });

  it('of a band names the metric, its side and its width', () => {
    const of = { EndpointName: 'churn', VariantName: 'AllTraffic' };
    const alarm = { ...metric('Invocations', of), ...watched, name: 'unusual', band: 2, operator: 'outside' } as const;
    assert.deepEqual(ruleOfAlarm(alarm), {
      kind: 'band',
      text: 'Sum of AWS/SageMaker Invocations (EndpointName churn, VariantName AllTraffic) is outside the band that CloudWatch learns, 2 wide',
      endpoints: ['churn'],
      alarms: [],
    });
  });

  it('of an expression says what its names stand for, and each endpoint once', () => {
    const alarm = {
      ...watched,
      name: 'rate',
      expression: 'errors / (calls + others)',
      operator: '>',
      threshold: 0.05,
      metrics: {
        errors: metric('Errors', { EndpointName: 'churn' }),
        calls: metric('Invocations', { EndpointName: 'churn' }),
        others: metric('Invocations'),
      },
    } as const;
    assert.deepEqual(ruleOfAlarm(alarm), {
      kind: 'expression',
      text:
        'errors / (calls + others) > 0.05, where errors = Sum of AWS/SageMaker Errors (EndpointName churn), ' +
        'calls = Sum of AWS/SageMaker Invocations (EndpointName churn), others = Sum of AWS/SageMaker Invocations',
      endpoints: ['churn'],
      alarms: [],
    });
  });
});
