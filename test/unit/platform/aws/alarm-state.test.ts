import assert from 'node:assert/strict';
import { alarmStateOf, transitionOf } from '../../../../src/platform/aws/alarm-state.js';

const alarm = {
  AlarmName: 'served-5xx',
  Namespace: 'AWS/SageMaker',
  MetricName: 'Invocation5XXErrors',
  Dimensions: [{ Name: 'EndpointName', Value: 'served' }],
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 2,
  DatapointsToAlarm: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 1,
  TreatMissingData: 'notBreaching',
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed: 1 datapoint [3.0] was greater than or equal to the threshold (1.0).',
  StateReasonData: JSON.stringify({
    recentDatapoints: [0, 3],
    evaluatedDatapoints: [
      { timestamp: '2026-11-21T09:05:00.000+0000', value: 3 },
      { timestamp: '2026-11-21T09:00:00.000+0000', value: 0 },
    ],
  }),
  StateTransitionedTimestamp: new Date('2026-11-21T09:10:00Z'),
  StateUpdatedTimestamp: new Date('2026-11-21T09:20:00Z'),
} as const;

describe('an alarm that CloudWatch evaluated', () => {
  it('has its definition, state, reason, and since when it changed', () => {
    const { definition, state, since, reason, latest } = alarmStateOf({ ...alarm, Dimensions: [...alarm.Dimensions] });
    assert.equal(definition.metric, 'Invocation5XXErrors');
    assert.deepEqual(definition.dimensions, { EndpointName: 'served' });
    assert.equal(definition.operator, '>=');
    assert.equal(definition.missing, 'notBreaching');
    assert.equal(definition.datapointsToAlarm, 1);
    assert.equal(state, 'ALARM');
    assert.equal(since, '2026-11-21T09:10:00.000Z');
    assert.match(reason, /^Threshold Crossed/);
    assert.equal(latest, 3);
  });

  it('keeps a percentile as its statistic', () => {
    const { definition } = alarmStateOf({ AlarmName: 'p99', ExtendedStatistic: 'p99', MetricName: 'ModelLatency' });
    assert.equal(definition.statistic, 'p99');
  });

  it('on an expression shows the expression, and no threshold where there is a band', () => {
    const { definition } = alarmStateOf({
      AlarmName: 'band',
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'ad1',
      Metrics: [{ Id: 'e1', Expression: 'm1 / m2 * 100', ReturnData: true }],
    });
    assert.equal(definition.metric, 'm1 / m2 * 100');
    assert.ok(Number.isNaN(definition.threshold));
    assert.equal(definition.operator, '>');
  });

  it('in a state that is not known reads as without data, never as healthy', () => {
    assert.equal(alarmStateOf({ AlarmName: 'new' }).state, 'INSUFFICIENT_DATA');
  });

  it('tells a change of state from its history, and nothing from what is none', () => {
    const Timestamp = new Date('2026-11-21T09:10:00Z');
    const oldState = { stateValue: 'OK', stateReason: 'fine' };
    const newState = { stateValue: 'ALARM', stateReason: 'crossed' };
    assert.deepEqual(transitionOf({ Timestamp, HistoryData: JSON.stringify({ version: '1.0', oldState, newState }) }), {
      at: '2026-11-21T09:10:00.000Z',
      from: 'OK',
      to: 'ALARM',
      reason: 'crossed',
    });
    assert.equal(transitionOf({ Timestamp, HistoryData: '{"type":"Create"}' }), undefined);
    assert.equal(transitionOf({ Timestamp, HistoryData: 'torn {' }), undefined);
  });
});
