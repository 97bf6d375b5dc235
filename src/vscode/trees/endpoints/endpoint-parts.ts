import { configDrift, versionsOf } from '../../../pipeline/endpoints/drift.js';
import type { EndpointLook } from '../../../pipeline/endpoints/look.js';
import {
  costWords,
  machineWords,
  percent,
  scheduleWords,
  trafficWords,
  useWords,
} from '../../../pipeline/endpoints/words.js';
import type { MonitoringSchedule } from '../../../platform/ports/schedules.js';
import type { EndpointInfo } from '../../../platform/ports/endpoints.js';
import { versionWord } from '../../../report/format/words.js';
import type { Icon } from '../icons.js';
import { dotted, firstLine, type Item } from '../../tree-item.js';

/** What stands below an endpoint: how it differs from what was asked for, its variants, cost, use and schedules. */
export function openedItems(endpoint: EndpointInfo, look: EndpointLook | undefined, now: Date): Item[] {
  return [...driftItems(endpoint), ...variantItems(endpoint), ...(look ? lookItems(endpoint.name, look, now) : [])];
}

function driftItems(endpoint: EndpointInfo): Item[] {
  const { name, drift } = endpoint;
  const words = drift === undefined ? null : configDrift(endpoint);
  if (words === null) return [];
  return [{ id: `endpoint/${name}#drift`, label: 'Not as asked', icon: 'warn', description: words, tooltip: words }];
}

function variantItems({ name, config, serving, fleet }: EndpointInfo): Item[] {
  const variants = serving ?? config.variants;
  const several = versionsOf(variants).includes(',');
  const capture = `capture ${percent(config.capture)}`;
  const item = (variant: { name: string; modelVersion: string }, traffic: string, machines = ''): Item => ({
    id: `endpoint/${name}/${variant.name}`,
    label: variant.name,
    icon: 'variant',
    description: dotted(traffic, several && versionWord(variant.modelVersion), machines, capture),
  });
  if (fleet !== undefined && fleet.length > 0)
    return fleet.map((variant) => item(variant, trafficWords(variant), machineWords(variant)));
  return variants.map((variant) => item(variant, percent(variant.weight)));
}

function lookItems(name: string, look: EndpointLook, now: Date): Item[] {
  const { idle, schedules, reasons } = look;
  const line = (part: string, label: string, words: string, icon: Icon = 'none'): Item => ({
    ...{ id: `endpoint/${name}#${part}`, label, icon, description: firstLine(words), tooltip: words },
  });
  return [
    line('cost', 'Cost', costWords(look)),
    line('use', 'Use', useWords(look), idle === true ? 'warn' : 'none'),
    ...(schedules ?? []).map((schedule) => scheduleItem(name, schedule, now)),
    ...(reasons.schedules === undefined ? [] : [line('schedules', 'Monitoring schedules', reasons.schedules, 'error')]),
  ];
}

function scheduleItem(endpoint: string, schedule: MonitoringSchedule, now: Date): Item {
  const { name, type, schedule: when, last, reason } = schedule;
  return {
    id: `endpoint/${endpoint}#schedule/${name}`,
    label: name,
    icon: scheduleIcon(schedule),
    description: scheduleWords(schedule, now),
    tooltip: [name, `${type}${when === undefined ? '' : `, ${when}`}`, reason, last?.reason].filter(Boolean).join('\n'),
  };
}

function scheduleIcon({ status, last }: MonitoringSchedule): Icon {
  if (status === 'Failed' || last?.status === 'Failed') return 'broke';
  if (last?.status === 'CompletedWithViolations') return 'warn';
  if (status === 'Stopped') return 'stopped';
  return last?.status === 'Completed' ? 'pass' : 'waiting';
}
