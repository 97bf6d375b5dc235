import type {
  MetricAlarm,
  MetricDataQuery,
  PutMetricAlarmInput,
  StandardUnit,
  Statistic,
} from '@aws-sdk/client-cloudwatch';
import type {
  AlarmDefinition,
  AlarmTopics,
  BandAlarm,
  CompositeAlarm,
  ExpressionAlarm,
} from '../../../project/alarms/alarm-schema.js';
import { compositeText, parseCompositeRule } from '../../../project/rules/composite-rule.js';
import { comparisonOf } from '../../../alarms/comparison.js';

interface Told {
  topics?: AlarmTopics;
}
type Judging = (AlarmDefinition | ExpressionAlarm | BandAlarm) & Told;
/** What others set of an alarm, and a change of ours carries over. */
type Kept = Pick<
  MetricAlarm,
  'AlarmActions' | 'OKActions' | 'InsufficientDataActions' | 'ActionsEnabled' | 'AlarmDescription'
>;

/** A changed alarm is written whole: whom it tells, and what else others set, is carried over. */
export function metricRequest(alarm: Judging, before: Kept | undefined): PutMetricAlarmInput {
  return {
    AlarmName: alarm.name,
    ...judgedBy(alarm),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    ComparisonOperator: comparisonOf(alarm.operator),
    TreatMissingData: alarm.missing,
    ...keptOf(before, alarm.topics),
  };
}

export function compositeRequest({ name, composite, topics }: CompositeAlarm & Told, before: Kept | undefined) {
  return { AlarmName: name, AlarmRule: compositeText(parseCompositeRule(composite)), ...keptOf(before, topics) };
}

function keptOf(before: Kept = {}, topics?: AlarmTopics): Kept {
  const { AlarmActions, OKActions, InsufficientDataActions, ActionsEnabled, AlarmDescription } = before;
  return {
    AlarmActions: both(AlarmActions, topics?.alarm),
    OKActions: both(OKActions, topics?.ok),
    InsufficientDataActions: both(InsufficientDataActions, topics?.noData),
    ...{ ActionsEnabled, AlarmDescription },
  };
}

const both = (theirs: string[] | undefined, ours: readonly string[] = []): string[] | undefined =>
  ours.length === 0 ? theirs : [...new Set([...(theirs ?? []), ...ours])];

/** Whether an alarm tells every topic that it is to tell. */
export function tellsAll({ AlarmActions, OKActions, InsufficientDataActions }: Kept, topics?: AlarmTopics): boolean {
  const all = (there: readonly string[] = [], ours: readonly string[] = []) => ours.every((one) => there.includes(one));
  return all(AlarmActions, topics?.alarm) && all(OKActions, topics?.ok) && all(InsufficientDataActions, topics?.noData);
}

function judgedBy(alarm: Judging): Partial<PutMetricAlarmInput> {
  if ('band' in alarm) {
    const band = { Id: 'band', Expression: `ANOMALY_DETECTION_BAND(watched, ${alarm.band})`, ReturnData: true };
    return { Metrics: [query('watched', alarm, alarm.period, true), band], ThresholdMetricId: 'band' };
  }
  if ('expression' in alarm) {
    let Id = 'judged';
    while (Id in alarm.metrics) Id += '_';
    const metrics = Object.entries(alarm.metrics).map(([id, metric]) => query(id, metric, alarm.period, false));
    return {
      Metrics: [...metrics, { Id, Expression: alarm.expression, ReturnData: true }],
      Threshold: alarm.threshold,
    };
  }
  const { namespace, metric, dimensions, statistic, period, threshold, unit } = alarm;
  return {
    Namespace: namespace,
    MetricName: metric,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...(isPlain(statistic) ? { Statistic: statistic } : { ExtendedStatistic: statistic }),
    Period: period,
    Threshold: threshold,
    Unit: unit as StandardUnit | undefined,
  };
}

function query(
  Id: string,
  metric: Pick<AlarmDefinition, 'namespace' | 'metric' | 'dimensions' | 'statistic' | 'unit'>,
  Period: number,
  ReturnData: boolean,
): MetricDataQuery {
  const Dimensions = Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: metric.namespace, MetricName: metric.metric, Dimensions };
  const Unit = metric.unit as StandardUnit | undefined;
  return { Id, MetricStat: { Metric, Period, Stat: metric.statistic, Unit }, ReturnData };
}

function isPlain(statistic: string): statistic is Statistic {
  return ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].includes(statistic);
}
