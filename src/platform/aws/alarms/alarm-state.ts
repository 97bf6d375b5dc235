import type { AlarmHistoryItem, CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { ruleOfAlarm } from '../../../alarms/rule-of-alarm.js';
import type { AlarmDefinition } from '../../../project/schema.js';
import type { AlarmState, AlarmStateValue } from '../../ports/alarms.js';
import { askedOf, askedOfComposite, missingOf } from './alarm-asked.js';
import { limitOf } from '../../../alarms/comparison.js';
import { compositeRule, ruleOf } from './alarm-rule.js';

/** What CloudWatch says of a metric alarm, in our words. */
export function alarmStateOf(alarm: MetricAlarm): AlarmState {
  return {
    name: alarm.AlarmName ?? '',
    ...judgedBy(alarm),
    ...stateIn(alarm),
    latest: latestIn(alarm.StateReasonData),
    actions: actionsOf(alarm),
  };
}

/** What `mlops.json` could ask for is said in the same words here and on this machine; the rest as CloudWatch has it. */
function judgedBy(alarm: MetricAlarm): Pick<AlarmState, 'definition' | 'rule' | 'asked'> {
  const rule = ruleOf(alarm);
  if (rule === undefined) return { definition: definitionOf(alarm) };
  const asked = askedOf(alarm);
  return asked === undefined ? { rule } : { rule: ruleOfAlarm(asked), asked };
}

/** The same of an alarm that is made of others. */
export function compositeStateOf(alarm: CompositeAlarm): AlarmState {
  const rule = compositeRule(alarm.AlarmRule ?? '');
  const actions = actionsOf(alarm);
  return { name: alarm.AlarmName ?? '', rule, asked: askedOfComposite(alarm), ...stateIn(alarm), actions };
}

function actionsOf({ ActionsEnabled = true, AlarmActions = [] }: MetricAlarm | CompositeAlarm): AlarmState['actions'] {
  return { enabled: ActionsEnabled, targets: AlarmActions };
}

function stateIn(alarm: MetricAlarm | CompositeAlarm): Pick<AlarmState, 'state' | 'since' | 'reason'> {
  return {
    state: stateOf(alarm.StateValue),
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? '',
    reason: alarm.StateReason ?? '',
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

/** An alarm on one metric; some name it as the only one of a list. */
function definitionOf(alarm: MetricAlarm): AlarmDefinition {
  const stat = alarm.Metrics?.[0]?.MetricStat;
  const dimensions = alarm.Dimensions ?? stat?.Metric?.Dimensions ?? [];
  const definition: AlarmDefinition = {
    name: alarm.AlarmName ?? '',
    namespace: alarm.Namespace ?? stat?.Metric?.Namespace ?? '',
    metric: alarm.MetricName ?? stat?.Metric?.MetricName ?? '',
    dimensions: Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
    statistic: alarm.ExtendedStatistic ?? alarm.Statistic ?? stat?.Stat ?? '',
    period: alarm.Period ?? stat?.Period ?? 60,
    evaluationPeriods: alarm.EvaluationPeriods ?? 1,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    operator: limitOf(alarm.ComparisonOperator) ?? '>',
    threshold: alarm.Threshold ?? Number.NaN,
    missing: missingOf(alarm.TreatMissingData),
    unit: alarm.Unit ?? stat?.Unit,
  };
  // All of N is what is meant when nobody says how many; and what is absent has no key, as in a definition that was read.
  const { datapointsToAlarm: count, evaluationPeriods, unit } = definition;
  if (count === undefined || count === evaluationPeriods) delete definition.datapointsToAlarm;
  if (unit === undefined) delete definition.unit;
  return definition;
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
