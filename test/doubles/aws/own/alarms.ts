import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { evaluateAlarm, evaluationRange } from '../../../../src/alarms/evaluate-alarm.js';
import { alarmStateOf } from '../../../../src/platform/aws/alarms/alarm-state.js';
import type { AlarmDefinition } from '../../../../src/project/schema.js';
import type { AlarmStateValue } from '../../../../src/platform/ports/alarms.js';
import { done, page, type Json, type Part } from './part.js';

interface State {
  state: AlarmStateValue;
  /** ISO 8601. */
  since: string;
  reason: string;
  latest?: number;
}
interface Datum {
  namespace: string;
  metric: string;
  dimensions: string;
  at: number;
  values: number[];
  counts: number[];
}

/** Alarms: moto stores those on metrics, and neither evaluates them nor keeps a history. */
export function alarms(): { part: Part; isInAlarm: (name: string) => boolean } {
  const states = new Map<string, State>();
  const history: Json[] = [];
  const data: Datum[] = [];
  /** Those made of others, by name, with the tags that they were made with. */
  const composites = new Map<string, { alarm: Json; tags: unknown }>();

  const change = (name: string, next: State) => {
    const from = states.get(name)?.state ?? 'INSUFFICIENT_DATA';
    states.set(name, next);
    if (from !== next.state) history.push(transition(name, from, next.state, next.reason));
  };
  const evaluate = (alarm: MetricAlarm) => {
    // On the wire times are numbers; what defines an alarm has none.
    const untimed = { ...alarm, StateTransitionedTimestamp: undefined, StateUpdatedTimestamp: undefined };
    const { definition } = alarmStateOf(untimed);
    if (definition === undefined) return;
    const seen = data.filter((datum) => isOf(datum, definition));
    if (seen.length === 0) return;
    const now = new Date();
    const { from } = evaluationRange(definition, now);
    const before = states.get(definition.name) ?? { state: 'INSUFFICIENT_DATA', since: now.toISOString() };
    const points = pointsOf(seen, definition, from.getTime());
    change(definition.name, evaluateAlarm(definition, points, before, now));
  };

  const part: Part = {
    seen: {
      PutMetricData({ Namespace, MetricData }) {
        for (const datum of MetricData as Json[]) data.push(datumOf(String(Namespace), datum));
      },
      SetAlarmState: ({ AlarmName, StateValue, StateReason }) =>
        change(String(AlarmName), {
          state: StateValue as AlarmStateValue,
          since: new Date().toISOString(),
          reason: String(StateReason),
        }),
      DeleteAlarms({ AlarmNames }) {
        for (const name of AlarmNames as string[]) {
          states.delete(name);
          composites.delete(name);
        }
      },
    },
    answers: {
      PutCompositeAlarm({ Tags = [], ...alarm }) {
        const name = String(alarm.AlarmName);
        const AlarmArn = `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;
        composites.set(name, { alarm: { ...alarm, AlarmArn }, tags: composites.get(name)?.tags ?? Tags });
        return done();
      },
      ListTagsForResource({ ResourceARN }) {
        const found = composites.get(String(ResourceARN).split(':alarm:')[1] ?? '');
        return found && done({ Tags: found.tags });
      },
      DescribeAlarmHistory(body) {
        const items = history.filter(({ AlarmName }) => AlarmName === body.AlarmName).reverse();
        return done(page('AlarmHistoryItems', items, body));
      },
    },
    shown: {
      DescribeAlarms(answer, body) {
        const found = answer.MetricAlarms as MetricAlarm[];
        for (const alarm of found) evaluate(alarm);
        const shown = found.map((alarm) => {
          const state = states.get(alarm.AlarmName!);
          if (state === undefined) return { ...alarm, StateValue: 'INSUFFICIENT_DATA' };
          const StateReasonData = JSON.stringify({
            recentDatapoints: [state.latest].filter((one) => one !== undefined),
          });
          const at = Date.parse(state.since) / 1000;
          const times = { StateTransitionedTimestamp: at, StateUpdatedTimestamp: at };
          return { ...alarm, StateValue: state.state, StateReason: state.reason, StateReasonData, ...times };
        });
        const names = body.AlarmNames as string[] | undefined;
        const made = [...composites.values()]
          .filter(({ alarm }) => names?.includes(String(alarm.AlarmName)) ?? true)
          .map(({ alarm }) => ({
            ...alarm,
            ...{ StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation' },
          }));
        const asked = (body.AlarmTypes ?? ['MetricAlarm']) as string[];
        const both = [...shown, ...(asked.includes('CompositeAlarm') ? made : [])];
        const { NextToken, both: items } = page('both', both, body) as { NextToken?: string; both: MetricAlarm[] };
        const isComposite = ({ AlarmName }: MetricAlarm) => composites.has(AlarmName!);
        return {
          MetricAlarms: items.filter((alarm) => !isComposite(alarm)),
          CompositeAlarms: items.filter(isComposite),
          ...(NextToken === undefined ? {} : { NextToken }),
        };
      },
    },
  };
  return { part, isInAlarm: (name) => states.get(name)?.state === 'ALARM' };
}

function isOf({ namespace, metric, dimensions }: Datum, definition: AlarmDefinition): boolean {
  return (
    namespace === definition.namespace &&
    metric === definition.metric &&
    dimensions === dimensionsText(Object.entries(definition.dimensions))
  );
}

function datumOf(namespace: string, { MetricName, Dimensions, Timestamp, Value, Values, Counts }: Json): Datum {
  const pairs = ((Dimensions ?? []) as Json[]).map(({ Name, Value: value }) => [String(Name), String(value)] as const);
  const values = (Values as number[] | undefined) ?? [Number(Value)];
  return {
    namespace,
    metric: String(MetricName),
    dimensions: dimensionsText(pairs),
    at: Number(Timestamp) * 1000,
    values,
    counts: (Counts as number[] | undefined) ?? values.map(() => 1),
  };
}

function dimensionsText(pairs: readonly (readonly [string, string])[]): string {
  return JSON.stringify([...pairs].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Sums and averages are what the tests alarm on. */
function pointsOf(data: Datum[], { period, statistic }: AlarmDefinition, from: number) {
  const periods = new Map<number, { sum: number; count: number }>();
  for (const { at, values, counts } of data) {
    if (at < from) continue;
    const start = from + Math.floor((at - from) / (period * 1000)) * period * 1000;
    const total = periods.get(start) ?? { sum: 0, count: 0 };
    values.forEach((value, index) => {
      total.sum += value * counts[index]!;
      total.count += counts[index]!;
    });
    periods.set(start, total);
  }
  return [...periods]
    .sort(([left], [right]) => left - right)
    .map(([at, { sum, count }]) => ({
      at: new Date(at).toISOString(),
      value: statistic === 'Average' ? sum / count : sum,
    }));
}

function transition(name: string, from: string, to: string, reason: string): Json {
  return {
    AlarmName: name,
    Timestamp: Date.now() / 1000,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from ${from} to ${to}`,
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: from },
      newState: { stateValue: to, stateReason: reason },
    }),
  };
}
