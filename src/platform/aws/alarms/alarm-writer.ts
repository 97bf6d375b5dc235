import type { CompositeAlarm as FoundComposite, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { sameAlarm, type WantedAlarm } from '../../../project/alarms/alarm-schema.js';
import type { AlarmState, AlarmWriter } from '../../ports/alarms.js';
import { collect } from '../../ports/pages.js';
import { dependentsFirst } from './alarm-order.js';
import { alarmReader } from './alarms.js';
import { compositeRequest, metricRequest, tellsAll } from './alarm-request.js';
import { alarmStateOf, compositeStateOf } from './alarm-state.js';
import { mustBeOurs } from '../ownership/ownership.js';
import type { Account } from '../account/place.js';
import { tagsOf } from '../ownership/tags.js';

const namesAtATime = 100;

interface Found {
  alarm: MetricAlarm | FoundComposite;
  isComposite: boolean;
  state: AlarmState;
}

/** CloudWatch evaluates alarms itself: recording them is reading what it found. */
export function alarmWriter(account: Account): AlarmWriter {
  const { clients } = account;
  return {
    async put(definitions, { signal } = {}) {
      const { there, changed } = await changesOf(account, definitions, signal);
      // All are looked at before the first is written.
      await mustAllBeOurs(account, changed.map(({ name }) => there.get(name)).filter(isThere), signal);
      // Those that others are made of come first.
      for (const definition of inOrder(changed)) await putOne(account, definition, there.get(definition.name), signal);
    },
    async remove(names, { signal } = {}) {
      const found = await alarmsNamed(account, names, signal);
      await mustAllBeOurs(account, [...found.values()], signal);
      const cloudwatch = await clients.cloudwatch();
      // Nothing may be made of what is gone; and one call takes one composite alarm at most.
      const composites = [...found.values()].filter(({ isComposite }) => isComposite).map(({ state }) => state);
      for (const { name } of dependentsFirst(composites, ({ rule }) => rule?.alarms ?? []))
        await cloudwatch.deleteAlarms({ AlarmNames: [name] }, { abortSignal: signal });
      const plain = [...found].filter(([, { isComposite }]) => !isComposite).map(([name]) => name);
      for (let at = 0; at < plain.length; at += namesAtATime)
        await cloudwatch.deleteAlarms({ AlarmNames: plain.slice(at, at + namesAtATime) }, { abortSignal: signal });
    },
    async record(options = {}) {
      const states = await collect((page) => alarmReader(account).list(page), options);
      return states;
    },
  };
}

/** Names of alarms that are there and would be changed: those that are as asked for are left alone, whosever they are. */
export async function changedAlarms(
  account: Account,
  definitions: readonly WantedAlarm[],
  signal?: AbortSignal,
): Promise<string[]> {
  const { there, changed } = await changesOf(account, definitions, signal);
  return changed.map(({ name }) => name).filter((name) => there.has(name));
}

async function changesOf(account: Account, definitions: readonly WantedAlarm[], signal?: AbortSignal) {
  const names = definitions.map(({ name }) => name);
  const there = await alarmsNamed(account, names, signal);
  return { there, changed: definitions.filter((wanted) => !isSame(wanted, there.get(wanted.name))) };
}

async function putOne(account: Account, wanted: WantedAlarm, before: Found | undefined, abortSignal?: AbortSignal) {
  const cloudwatch = await account.clients.cloudwatch();
  const isComposite = 'composite' in wanted;
  // CloudWatch does not make one kind of the other.
  const isOther = before !== undefined && before.isComposite !== isComposite;
  if (isOther) await cloudwatch.deleteAlarms({ AlarmNames: [wanted.name] }, { abortSignal });
  // Tags are taken at creation only.
  const Tags = before === undefined || isOther ? tagsOf(account) : undefined;
  if (isComposite)
    await cloudwatch.putCompositeAlarm({ ...compositeRequest(wanted, before?.alarm), Tags }, { abortSignal });
  else await cloudwatch.putMetricAlarm({ ...metricRequest(wanted, before?.alarm), Tags }, { abortSignal });
}

function inOrder(alarms: readonly WantedAlarm[]): WantedAlarm[] {
  return [...alarms.filter((one) => !('composite' in one)), ...alarms.filter((one) => 'composite' in one)];
}

function isThere<Thing>(thing: Thing | undefined): thing is Thing {
  return thing !== undefined;
}

/** Alarms of others may have the name of one that we want: neither their thresholds nor they themselves are ours to change. */
async function mustAllBeOurs(account: Account, found: readonly Found[], signal?: AbortSignal): Promise<void> {
  for (const { alarm } of found) await mustBeOurs(account, { kind: 'alarm', name: alarm.AlarmName ?? '' }, { signal });
}

async function alarmsNamed({ clients }: Account, names: readonly string[], signal?: AbortSignal) {
  const cloudwatch = await clients.cloudwatch();
  const found = new Map<string, Found>();
  for (let at = 0; at < names.length; at += namesAtATime) {
    const AlarmNames = names.slice(at, at + namesAtATime);
    const page = await cloudwatch.describeAlarms(
      { AlarmNames, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: namesAtATime },
      { abortSignal: signal },
    );
    for (const alarm of page.MetricAlarms ?? [])
      found.set(alarm.AlarmName ?? '', { alarm, isComposite: false, state: alarmStateOf(alarm) });
    for (const alarm of page.CompositeAlarms ?? [])
      found.set(alarm.AlarmName ?? '', { alarm, isComposite: true, state: compositeStateOf(alarm) });
  }
  return found;
}

function isSame(wanted: WantedAlarm, found: Found | undefined): boolean {
  const there = found && (found.state.definition ?? found.state.asked);
  return there !== undefined && sameAlarm(wanted, there) && tellsAll(found!.alarm, wanted.topics);
}
