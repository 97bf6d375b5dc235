import assert from 'node:assert/strict';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { evaluateAlarm } from '../../../src/alarms/evaluate-alarm.js';
import { alarmDefinitionSchema } from '../../../src/project/schema.js';

describe('the alarms of an endpoint', () => {
  const alarms = endpointAlarms('scores');

  it('are eight, well formed, named after the endpoint and bound to its variant', () => {
    assert.equal(alarms.length, 8);
    for (const alarm of alarms) {
      assert.deepEqual(alarmDefinitionSchema.parse(alarm), alarm);
      assert.deepEqual(alarm.dimensions, { EndpointName: 'scores', VariantName: 'AllTraffic' });
    }
    assert.deepEqual(
      alarms.map(({ name }) => name),
      [
        'scores-Invocation5xxErrors',
        'scores-Invocation4xxErrors',
        'scores-ModelLatencyP99',
        'scores-OverheadLatencyP99',
        'scores-NoInvocations',
        'scores-CPUUtilization',
        'scores-MemoryUtilization',
        'scores-DiskUtilization',
      ],
    );
  });

  it('have the thresholds and windows of the contract', () => {
    const lines = alarms.map(
      ({ namespace, metric, statistic, period, evaluationPeriods, operator, threshold, missing, unit }) =>
        `${namespace} ${metric} ${statistic} ${period}x${evaluationPeriods} ${operator} ${threshold} ${unit} ${missing}`,
    );
    assert.deepEqual(lines, [
      'AWS/SageMaker Invocation5XXErrors Sum 300x1 >= 1 Count notBreaching',
      'AWS/SageMaker Invocation4XXErrors Sum 300x1 >= 5 Count notBreaching',
      'AWS/SageMaker ModelLatency p99 300x2 >= 2000000 Microseconds missing',
      'AWS/SageMaker OverheadLatency p99 300x2 >= 500000 Microseconds missing',
      'AWS/SageMaker Invocations Sum 300x3 < 1 Count breaching',
      '/aws/sagemaker/Endpoints CPUUtilization Average 300x3 >= 80 Percent missing',
      '/aws/sagemaker/Endpoints MemoryUtilization Average 300x3 >= 80 Percent missing',
      '/aws/sagemaker/Endpoints DiskUtilization Average 300x3 >= 80 Percent missing',
    ]);
  });

  it('on an endpoint of a minute ago none goes off, and the one about traffic does a quarter of an hour later', () => {
    const made = new Date('2026-03-01T12:00:00Z');
    const off = (minutes: number) =>
      alarms
        .filter(
          (alarm) =>
            evaluateAlarm(alarm, [], undefined, new Date(made.getTime() + minutes * 60_000), made).state === 'ALARM',
        )
        .map(({ metric }) => metric);
    assert.deepEqual([off(1), off(15)], [[], ['Invocations']]);
  });

  it('on an endpoint without any metric, only the one about traffic goes off', () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const states = alarms.map((alarm) => [alarm.metric, evaluateAlarm(alarm, [], undefined, now).state]);
    assert.deepEqual(Object.fromEntries(states), {
      Invocation5XXErrors: 'OK',
      Invocation4XXErrors: 'OK',
      ModelLatency: 'INSUFFICIENT_DATA',
      OverheadLatency: 'INSUFFICIENT_DATA',
      Invocations: 'ALARM',
      CPUUtilization: 'INSUFFICIENT_DATA',
      MemoryUtilization: 'INSUFFICIENT_DATA',
      DiskUtilization: 'INSUFFICIENT_DATA',
    });
  });
});
