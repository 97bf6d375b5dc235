import assert from 'node:assert/strict';
import { alarmStateOf, compositeStateOf, transitionOf } from '../../../../../src/platform/aws/alarms/alarm-state.js';

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
  it('says whether its actions are on, and whom they tell', () => {
    const AlarmActions = ['arn:aws:sns:eu-west-1:123456789012:on-call'];
    assert.deepEqual(alarmStateOf({ AlarmName: 'a', ActionsEnabled: false, AlarmActions }).actions, {
      enabled: false,
      targets: AlarmActions,
    });
    assert.deepEqual(compositeStateOf({ AlarmName: 'both', AlarmRule: 'ALARM("a")', ActionsEnabled: true }).actions, {
      enabled: true,
      targets: [],
    });
  });

  it('has its definition, state, reason, and since when it changed', () => {
    const { definition, state, since, reason, latest } = alarmStateOf({ ...alarm, Dimensions: [...alarm.Dimensions] });
    assert.ok(definition);
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
    assert.equal(definition?.statistic, 'p99');
  });

  const metric = (Id: string, MetricName: string) => {
    const Dimensions = [{ Name: 'EndpointName', Value: 'served' }];
    const Metric = { Namespace: 'AWS/SageMaker', MetricName, Dimensions };
    return { Id, ReturnData: false, MetricStat: { Metric, Period: 300, Stat: 'Sum' } };
  };

  it('on an expression is no plain alarm: it says the expression, its limit, and which endpoint it watches', () => {
    const { definition, rule } = alarmStateOf({
      AlarmName: '4xx-share',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 1,
      Metrics: [
        { Id: 'e1', Expression: 'm1 / m2 * 100', ReturnData: true },
        metric('m1', 'Invocation4XXErrors'),
        metric('m2', 'Invocations'),
      ],
    });
    assert.equal(definition, undefined);
    assert.equal(rule?.kind, 'expression');
    assert.equal(
      rule.text,
      'm1 / m2 * 100 > 1, where m1 = Sum of AWS/SageMaker Invocation4XXErrors (EndpointName served), ' +
        'm2 = Sum of AWS/SageMaker Invocations (EndpointName served)',
    );
    assert.deepEqual(rule.endpoints, ['served']);
  });

  it('on a band says the band, and shows no number that nobody set', () => {
    const { definition, rule } = alarmStateOf({
      AlarmName: 'band',
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      ThresholdMetricId: 'ad1',
      Metrics: [
        { ...metric('m1', 'ModelLatency'), ReturnData: true },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2.5)', ReturnData: true },
      ],
    });
    assert.equal(definition, undefined);
    assert.equal(rule?.kind, 'band');
    const metricWords = 'Sum of AWS/SageMaker ModelLatency (EndpointName served)';
    assert.equal(rule.text, `${metricWords} is outside the band that CloudWatch learns, 2.5 wide`);
    assert.deepEqual(rule.endpoints, ['served']);
  });

  it('on what mlops.json cannot ask for still says how it judges', () => {
    const { rule, asked } = alarmStateOf({
      AlarmName: 'band',
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'ad1',
      Metrics: [
        { Id: 'e1', Expression: 'm1 / 2', ReturnData: true },
        { ...metric('m1', 'ModelLatency'), ReturnData: false },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(e1, 2)', ReturnData: true },
      ],
    });
    assert.equal(asked, undefined);
    assert.match(rule!.text, /^m1 \/ 2 above ANOMALY_DETECTION_BAND\(e1, 2\), where m1 = Sum of AWS\/SageMaker Mo/);
    assert.deepEqual(rule!.endpoints, ['served']);
  });

  it('on one metric that stands in a list is a plain one', () => {
    const { definition } = alarmStateOf({
      ...{ AlarmName: 'listed', ComparisonOperator: 'LessThanThreshold', Threshold: 3, EvaluationPeriods: 2 },
      Metrics: [{ ...metric('m1', 'Invocations'), ReturnData: true }],
    });
    assert.equal(definition?.metric, 'Invocations');
    assert.equal(definition.period, 300);
    assert.equal(definition.threshold, 3);
  });

  it('made of others says of which, named in whatever way', () => {
    const AlarmRule = 'ALARM("a b") AND NOT (OK(c) OR ALARM(arn:aws:cloudwatch:us-east-1:1:alarm:d))';
    const { rule, state, definition } = compositeStateOf({ AlarmName: 'all', StateValue: 'OK', AlarmRule });
    assert.equal(definition, undefined);
    assert.equal(state, 'OK');
    assert.equal(rule?.text, AlarmRule);
    assert.deepEqual(rule.alarms, ['a b', 'c', 'd']);
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
