import type { AlarmState } from '../../platform/ports/alarms.js';
import { actionWords, stateWords, whenWords } from '../../report/format/alarm-words.js';
import { durationText, valueText } from '../../report/format/units.js';
import { plural } from '../../report/format/words.js';
import type { Icon } from './icons.js';
import { dotted, type Item } from '../tree-item.js';

const order: Record<AlarmState['state'], number> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };
const iconOf: Record<AlarmState['state'], Icon> = { ALARM: 'alarm', INSUFFICIENT_DATA: 'unknown', OK: 'quiet' };
const wordOf: Record<AlarmState['state'], string> = { ALARM: 'alarm', INSUFFICIENT_DATA: 'no data', OK: 'ok' };

/**
 * The project's alarms, those that need a person first, each on its line; those that are well share one. Alarms of
 * others in the account are folded below, and neither coloured nor counted as the project's.
 */
export function alarmItems(alarms: readonly AlarmState[], now: Date, others: readonly AlarmState[] = []): Item[] {
  const items = sorted(alarms).map((alarm) => ({ alarm, item: alarmItem(alarm, now) }));
  const loud = items.filter(({ alarm }) => alarm.state !== 'OK').map(({ item }) => item);
  const ok = items.filter(({ alarm }) => alarm.state === 'OK').map(({ item }) => item);
  if (ok.length < 2) return [...loud, ...ok, ...foldedOthers(others, now)];
  return [
    ...loud,
    {
      id: 'alarms-ok',
      label: loud.length > 0 ? `${ok.length} more ok` : `${ok.length} ok`,
      icon: 'quiet',
      children: ok,
    },
    ...foldedOthers(others, now),
  ];
}

function foldedOthers(others: readonly AlarmState[], now: Date): Item[] {
  if (others.length === 0) return [];
  const alarmed = others.filter(({ state }) => state === 'ALARM').length;
  return [
    {
      id: 'alarms-others',
      label: `${others.length} ${plural(others.length, 'alarm')} of others`,
      description: dotted('not this project’s', alarmed > 0 && `${alarmed} in alarm`),
      icon: 'folder',
      children: sorted(others).map((alarm) => alarmItem(alarm, now)),
    },
  ];
}

function sorted(alarms: readonly AlarmState[]): AlarmState[] {
  return [...alarms].sort((left, right) => order[left.state] - order[right.state]);
}

function alarmItem(alarm: AlarmState, now: Date): Item {
  const { name, definition, rule, state, since, latest, reason } = alarm;
  const tells = [actionWords(alarm)].flatMap((text) => (text === null ? [] : [`Tells ${text}`]));
  return {
    id: `alarm/${name}`,
    label: shortName(name, definition?.dimensions.EndpointName),
    icon: iconOf[state],
    description: dotted(
      wordOf[state],
      latest !== undefined && valueText(latest, definition?.unit),
      rule?.kind === 'composite' && 'of other alarms',
      alarm.actions?.enabled === false && 'actions off',
      durationText(since, now),
    ),
    tooltip: [name, reason, `Alarm when ${whenWords(alarm)}`, ...tells].join('\n'),
    ...(since !== '' && { facts: [[`Became ${stateWords[state]}`, { at: since }]] }),
    context: 'alarm',
    target: { kind: 'alarm', name },
    click: 'mlops.showAlarm',
  };
}

/** The endpoint's name stands in front of each of its alarms and says nothing new there. */
function shortName(name: string, endpoint: string | undefined): string {
  return endpoint && name.startsWith(`${endpoint}-`) ? name.slice(endpoint.length + 1) : name;
}
