import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type {
  AlarmDefinition,
  BandAlarm,
  CompositeAlarm,
  ExpressionAlarm,
} from '../../../project/alarms/alarm-schema.js';
import { bandOf, limitOf } from '../../../alarms/comparison.js';

type Asked = ExpressionAlarm | BandAlarm;

/** What `mlops.json` would say to have this alarm, where it could: one expression over metrics, or a band around one. */
export function askedOf(alarm: MetricAlarm): Asked | undefined {
  const queries = alarm.Metrics ?? [];
  const band = bandIn(alarm, queries);
  if (band !== undefined) return band;
  const judged = queries.find(({ ReturnData }) => ReturnData !== false);
  const operator = limitOf(alarm.ComparisonOperator);
  if (judged?.Expression === undefined || operator === undefined || alarm.Threshold === undefined) return undefined;
  const others = queries.filter((query) => query !== judged);
  const metrics = others.map((query) => [query.Id ?? '', metricOf(query)] as const);
  const periods = new Set(others.map(({ MetricStat }) => MetricStat?.Period));
  if (periods.size !== 1 || metrics.some(([, metric]) => metric === undefined)) return undefined;
  return {
    name: alarm.AlarmName ?? '',
    expression: judged.Expression,
    metrics: Object.fromEntries(metrics) as ExpressionAlarm['metrics'],
    ...watchingOf(alarm, [...periods][0]),
    operator,
    threshold: alarm.Threshold,
    missing: missingOf(alarm.TreatMissingData),
  };
}

export function askedOfComposite(alarm: { AlarmName?: string; AlarmRule?: string }): CompositeAlarm {
  return { name: alarm.AlarmName ?? '', composite: alarm.AlarmRule ?? '' };
}

function bandIn(alarm: MetricAlarm, queries: readonly MetricDataQuery[]): BandAlarm | undefined {
  const limit = queries.find(({ Id }) => Id !== undefined && Id === alarm.ThresholdMetricId);
  const [, id, width] = /^ANOMALY_DETECTION_BAND\((\w+)(?:,\s*([\d.]+))?\)$/.exec(limit?.Expression ?? '') ?? [];
  const operator = bandOf(alarm.ComparisonOperator);
  const watched = queries.find(({ Id }) => Id === id);
  const metric = watched && metricOf(watched);
  if (metric === undefined || operator === undefined) return undefined;
  return {
    name: alarm.AlarmName ?? '',
    ...metric,
    ...watchingOf(alarm, watched?.MetricStat?.Period),
    operator,
    // CloudWatch's own default.
    band: Number(width ?? 2),
    missing: missingOf(alarm.TreatMissingData),
  };
}

function metricOf({ MetricStat }: MetricDataQuery) {
  const { Metric, Stat, Unit } = MetricStat ?? {};
  if (Metric === undefined) return undefined;
  const dimensions = (Metric.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]);
  return {
    namespace: Metric.Namespace ?? '',
    metric: Metric.MetricName ?? '',
    dimensions: Object.fromEntries(dimensions) as Record<string, string>,
    statistic: Stat ?? '',
    ...(Unit === undefined ? {} : { unit: Unit }),
  };
}

/** All of N is what is meant when nobody says how many. */
function watchingOf({ EvaluationPeriods: evaluationPeriods = 1, DatapointsToAlarm: count }: MetricAlarm, period = 60) {
  const some = count !== undefined && count !== evaluationPeriods;
  return { period, evaluationPeriods, ...(some ? { datapointsToAlarm: count } : {}) };
}

/** CloudWatch's own default is `missing`. */
export function missingOf(treatment: string | undefined): AlarmDefinition['missing'] {
  return treatment === 'breaching' || treatment === 'notBreaching' || treatment === 'ignore' ? treatment : 'missing';
}
