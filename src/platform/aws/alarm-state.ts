import type { AlarmHistoryItem, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmDefinition } from '../../project/schema.js';
import type { AlarmState, AlarmStateValue } from '../ports.js';

/** What CloudWatch says of a metric alarm, in our words. */
export function alarmStateOf(alarm: MetricAlarm): AlarmState {
  return {
    definition: definitionOf(alarm),
    state: stateOf(alarm.StateValue),
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? '',
    reason: alarm.StateReason ?? '',
    latest: latestIn(alarm.StateReasonData),
  };
}

export interface Transition {
  at: string;
  from: AlarmStateValue;
  to: AlarmStateValue;
  reason: string;
}

const side = z.looseObject({ stateValue: z.string(), stateReason: z.string().optional() });
const historySchema = z.looseObject({ oldState: side, newState: side });

/** One change of state; undefined for an item that tells of none. */
export function transitionOf(item: AlarmHistoryItem): Transition | undefined {
  const data = historySchema.safeParse(jsonOf(item.HistoryData));
  if (!data.success) return undefined;
  const { oldState, newState } = data.data;
  const [from, to] = [stateOf(oldState.stateValue), stateOf(newState.stateValue)];
  const reason = newState.stateReason ?? item.HistorySummary ?? '';
  return from === to ? undefined : { at: item.Timestamp?.toISOString() ?? '', from, to, reason };
}

/**
 * An alarm on an expression or a band has no metric or threshold of its own: the expression stands for the metric, and the
 * threshold is not a number.
 */
function definitionOf(alarm: MetricAlarm): AlarmDefinition {
  const judged = alarm.Metrics?.find(({ ReturnData }) => ReturnData !== false) ?? alarm.Metrics?.[0];
  const stat = judged?.MetricStat;
  const dimensions = alarm.Dimensions ?? stat?.Metric?.Dimensions ?? [];
  const definition: AlarmDefinition = {
    name: alarm.AlarmName ?? '',
    namespace: alarm.Namespace ?? stat?.Metric?.Namespace ?? 'expression',
    metric: alarm.MetricName ?? stat?.Metric?.MetricName ?? judged?.Expression ?? judged?.Label ?? '',
    dimensions: Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
    statistic: alarm.ExtendedStatistic ?? alarm.Statistic ?? stat?.Stat ?? '',
    period: alarm.Period ?? judged?.Period ?? stat?.Period ?? 60,
    evaluationPeriods: alarm.EvaluationPeriods ?? 1,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    operator: operators[alarm.ComparisonOperator ?? ''] ?? '>',
    threshold: alarm.Threshold ?? Number.NaN,
    missing: missingOf(alarm.TreatMissingData),
    unit: alarm.Unit,
  };
  // All of N is what is meant when nobody says how many; and what is absent has no key, as in a definition that was read.
  const { datapointsToAlarm: count, evaluationPeriods, unit } = definition;
  if (count === undefined || count === evaluationPeriods) delete definition.datapointsToAlarm;
  if (unit === undefined) delete definition.unit;
  return definition;
}

const operators: Record<string, AlarmDefinition['operator']> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  GreaterThanUpperThreshold: '>',
  LessThanLowerOrGreaterThanUpperThreshold: '>',
  LessThanThreshold: '<',
  LessThanLowerThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

function missingOf(treatment: string | undefined): AlarmDefinition['missing'] {
  return treatment === 'breaching' || treatment === 'notBreaching' || treatment === 'ignore' ? treatment : 'missing';
}

/** A state that we do not know is no healthy one. */
function stateOf(value: string | undefined): AlarmStateValue {
  return value === 'OK' || value === 'ALARM' ? value : 'INSUFFICIENT_DATA';
}

const reasonSchema = z.looseObject({
  evaluatedDatapoints: z.array(z.looseObject({ timestamp: z.string(), value: z.number().optional() })).optional(),
  recentDatapoints: z.array(z.number()).optional(),
});

/** The newest of the datapoints that CloudWatch looked at: those with a time, else the list, which has the oldest first. */
function latestIn(reasonData: string | undefined): number | undefined {
  const data = reasonSchema.safeParse(jsonOf(reasonData));
  if (!data.success) return undefined;
  const { evaluatedDatapoints = [], recentDatapoints = [] } = data.data;
  const timed = evaluatedDatapoints.filter(({ value }) => value !== undefined);
  const newestLast = timed.sort((left, right) => left.timestamp.localeCompare(right.timestamp));
  return newestLast.at(-1)?.value ?? recentDatapoints.at(-1);
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
