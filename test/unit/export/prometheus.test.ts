import assert from 'node:assert/strict';
import { endpointAlarms } from '../../../src/alarms/endpoint-alarms.js';
import { alertRules } from '../../../src/export/prometheus/alert-rules.js';
import type { AlarmDefinition } from '../../../src/project/alarms/alarm-schema.js';

const latency: AlarmDefinition = {
  ...{ name: 'slow', namespace: 'AWS/SageMaker', metric: 'ModelLatency', statistic: 'p95', period: 300 },
  ...{ dimensions: { EndpointName: 'e', VariantName: 'v' }, operator: '>', threshold: 300_000, missing: 'missing' },
  ...{ evaluationPeriods: 5, datapointsToAlarm: 3 },
};
const exprOf = (alarm: Partial<AlarmDefinition>) => {
  const { text } = alertRules('p', [{ ...latency, ...alarm }]);
  return JSON.parse(/expr: (.*)/.exec(text)![1]!) as string;
};

describe('alarms as rules of Prometheus', () => {
  it('says six of the eight alarms of an endpoint, and why not the others', () => {
    const { text, left } = alertRules('p', endpointAlarms('e'));
    assert.equal(text.match(/- alert:/g)!.length, 6);
    assert.deepEqual(
      left.map(({ name }) => name),
      ['e-MemoryUtilization', 'e-DiskUtilization'],
    );
  });

  it('asks in seconds what CloudWatch asks in microseconds, and counts M of N periods', () => {
    const query =
      'histogram_quantile(0.95, sum by (le) (rate(mlops_model_latency_seconds_bucket{endpoint="e",variant="v"}[300s])))';
    assert.equal(exprOf({}), `count_over_time((${query} > 0.3)[1500s:300s]) >= 3`);
    assert.equal(exprOf({ unit: 'Milliseconds', threshold: 300, datapointsToAlarm: 5 }), `${query} > 0.3`);
  });

  it('waits N periods where all must breach, and takes what is absent for a breach where the alarm does', () => {
    const { text } = alertRules('p', [{ ...latency, datapointsToAlarm: undefined }]);
    assert.match(text, /for: 1200s/);
    const few = { metric: 'Invocations', statistic: 'Sum', operator: '<' as const, threshold: 1, datapointsToAlarm: 5 };
    assert.match(exprOf({ ...few, missing: 'breaching' }), / < 1 or absent\(sum\(/);
    assert.doesNotMatch(exprOf(few), /absent/);
  });

  it('keeps names with quotes and braces what they are', () => {
    const { text } = alertRules('p', [{ ...latency, name: 'a "b"', dimensions: { EndpointName: 'x"}' } }]);
    assert.ok(text.includes('alarm: "a \\"b\\""'));
    assert.ok(alertRules('p', [{ ...latency, name: '{{c}}' }]).text.includes('alarm: "{{\\"{{\\"}}c}}"'));
    assert.ok(exprOf({ dimensions: { EndpointName: 'x"}' } }).includes('endpoint="x\\"}"'));
  });

  it('leaves out alarms of alarms, with the reason', () => {
    const { left, text } = alertRules('p', [{ name: 'all', composite: 'ALARM(slow)' }]);
    assert.equal(left.length, 1);
    assert.match(left[0]!.why, /made of other alarms/);
    assert.match(text, /rules: \[\]/);
  });
});
