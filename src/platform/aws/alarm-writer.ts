import type { MetricAlarm, PutMetricAlarmInput, StandardUnit, Statistic } from '@aws-sdk/client-cloudwatch';
import { isDeepStrictEqual } from 'node:util';
import type { AlarmDefinition } from '../../project/schema.js';
import { everyItem, type AlarmState, type AlarmWriter } from '../ports.js';
import { alarmReader } from './alarms.js';
import { alarmStateOf } from './alarm-state.js';
import { mustBeOurs } from './ownership.js';
import type { Account } from './place.js';
import { tagsOf } from './tags.js';

const namesAtATime = 100;

/** CloudWatch evaluates alarms itself: recording them is reading what it found. */
export function alarmWriter(account: Account): AlarmWriter {
  const { clients } = account;
  return {
    async put(definitions, { signal } = {}) {
      const cloudwatch = await clients.cloudwatch();
      const there = await alarmsNamed(
        account,
        definitions.map(({ name }) => name),
        signal,
      );
      const changed = definitions.filter((definition) => {
        const before = there.get(definition.name);
        return before === undefined || !isSame(definition, before);
      });
      // All are looked at before the first is written.
      await mustAllBeOurs(account, changed.map(({ name }) => there.get(name)).filter(isThere), signal);
      for (const definition of changed) {
        const before = there.get(definition.name);
        const request = requestOf(definition, before);
        // Tags are taken at creation only.
        const Tags = before === undefined ? tagsOf(account) : undefined;
        await cloudwatch.putMetricAlarm({ ...request, Tags }, { abortSignal: signal });
      }
    },
    async remove(names, { signal } = {}) {
      const found = await alarmsNamed(account, names, signal);
      await mustAllBeOurs(account, [...found.values()], signal);
      const there = [...found.keys()];
      const cloudwatch = await clients.cloudwatch();
      for (let at = 0; at < there.length; at += namesAtATime)
        await cloudwatch.deleteAlarms({ AlarmNames: there.slice(at, at + namesAtATime) }, { abortSignal: signal });
    },
    async record(options = {}) {
      const states: AlarmState[] = [];
      for await (const state of everyItem((page) => alarmReader(account).list(page), options)) states.push(state);
      return states;
    },
  };
}

function isThere<Thing>(thing: Thing | undefined): thing is Thing {
  return thing !== undefined;
}

/** Alarms of others may have the name of one that we want: neither their thresholds nor they themselves are ours to change. */
async function mustAllBeOurs(account: Account, alarms: readonly MetricAlarm[], signal?: AbortSignal): Promise<void> {
  for (const { AlarmName: name = '', AlarmArn: arn = '' } of alarms)
    await mustBeOurs(account, { kind: 'alarm', name, arn }, signal);
}

async function alarmsNamed({ clients }: Account, names: readonly string[], signal?: AbortSignal) {
  const cloudwatch = await clients.cloudwatch();
  const found = new Map<string, MetricAlarm>();
  for (let at = 0; at < names.length; at += namesAtATime) {
    const AlarmNames = names.slice(at, at + namesAtATime);
    const page = await cloudwatch.describeAlarms(
      { AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: namesAtATime },
      { abortSignal: signal },
    );
    for (const alarm of page.MetricAlarms ?? []) found.set(alarm.AlarmName ?? '', alarm);
  }
  return found;
}

/** What stands in CloudWatch's own defaults counts as said. */
function isSame(wanted: AlarmDefinition, there: MetricAlarm): boolean {
  const full = (definition: AlarmDefinition) =>
    JSON.parse(
      JSON.stringify({
        ...definition,
        datapointsToAlarm: definition.datapointsToAlarm ?? definition.evaluationPeriods,
      }),
    ) as object;
  const { definition } = alarmStateOf(there);
  return definition !== undefined && isDeepStrictEqual(full(wanted), full(definition));
}

/** A changed alarm is written whole: whom it tells, and what else others set, is carried over. */
function requestOf(definition: AlarmDefinition, before: MetricAlarm | undefined): PutMetricAlarmInput {
  const { name, namespace, metric, dimensions, statistic, period } = definition;
  const { AlarmActions, OKActions, InsufficientDataActions, ActionsEnabled, AlarmDescription } = before ?? {};
  return {
    AlarmName: name,
    Namespace: namespace,
    MetricName: metric,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...(isPlain(statistic) ? { Statistic: statistic } : { ExtendedStatistic: statistic }),
    Period: period,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    ComparisonOperator: operators[definition.operator],
    Threshold: definition.threshold,
    TreatMissingData: definition.missing,
    Unit: definition.unit as StandardUnit | undefined,
    ...{ AlarmActions, OKActions, InsufficientDataActions, ActionsEnabled, AlarmDescription },
  };
}

const operators = {
  '>=': 'GreaterThanOrEqualToThreshold',
  '>': 'GreaterThanThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

function isPlain(statistic: string): statistic is Statistic {
  return ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].includes(statistic);
}
