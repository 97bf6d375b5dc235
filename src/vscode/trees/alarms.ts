import type { AlarmState } from '../../platform/ports.js';
import type { Icon } from './icons.js';
import { dotted, type Item } from './item.js';

const order: Record<AlarmState['state'], number> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };
const iconOf: Record<AlarmState['state'], Icon> = { ALARM: 'alarm', INSUFFICIENT_DATA: 'unknown', OK: 'quiet' };
const wordOf: Record<AlarmState['state'], string> = { ALARM: 'alarm', INSUFFICIENT_DATA: 'no data', OK: 'ok' };

/** Alarms that need a person first, each on its line; those that are well share one. */
export function alarmItems(alarms: readonly AlarmState[], now: Date): Item[] {
  const sorted = [...alarms].sort((left, right) => order[left.state] - order[right.state]);
  const items = sorted.map((alarm) => ({ alarm, item: alarmItem(alarm, now) }));
  const loud = items.filter(({ alarm }) => alarm.state !== 'OK').map(({ item }) => item);
  const ok = items.filter(({ alarm }) => alarm.state === 'OK').map(({ item }) => item);
  if (ok.length < 2) return [...loud, ...ok];
  return [
    ...loud,
    {
      id: 'alarms-ok',
      label: loud.length > 0 ? `${ok.length} more ok` : `${ok.length} ok`,
      icon: 'quiet',
      children: ok,
    },
  ];
}

function alarmItem({ name, definition, rule, state, since, latest, reason }: AlarmState, now: Date): Item {
  const unit = definition?.unit;
  const when =
    definition === undefined
      ? (rule?.text ?? '')
      : `${definition.statistic} of ${definition.metric} ${definition.operator} ${valueText(definition.threshold, unit)}`;
  return {
    id: `alarm/${name}`,
    label: shortName(name, definition?.dimensions.EndpointName),
    icon: iconOf[state],
    description: dotted(`${wordOf[state]} ${forText(since, now)}`, latest !== undefined && valueText(latest, unit)),
    tooltip: `${name}\n${reason}\nAlarm when ${when}`,
    context: 'alarm',
    target: { kind: 'alarm', name },
    click: 'mlops.showAlarmHistory',
  };
}

/** The endpoint's name stands in front of each of its alarms and says nothing new there. */
function shortName(name: string, endpoint: string | undefined): string {
  return endpoint && name.startsWith(`${endpoint}-`) ? name.slice(endpoint.length + 1) : name;
}

/** "2.31 s", "81 %", "3": units as people write them. */
export function valueText(value: number, unit: string | undefined): string {
  switch (unit) {
    case 'Microseconds':
      return value >= 1e6 ? `${short(value / 1e6)} s` : `${short(value / 1e3)} ms`;
    case 'Milliseconds':
      return `${short(value)} ms`;
    case 'Seconds':
      return `${short(value)} s`;
    case 'Percent':
      return `${short(value)} %`;
    case 'Count':
    case undefined:
      return short(value);
    default:
      return `${short(value)} ${unit}`;
  }
}

/** Three digits that mean something, without zeros at the end. */
function short(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** "14 min": how long it has been so. */
function forText(since: string, now: Date): string {
  const minutes = Math.max(0, (now.getTime() - Date.parse(since)) / 60e3);
  if (!Number.isFinite(minutes)) return '';
  if (minutes < 1) return 'since just now';
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 36 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}
