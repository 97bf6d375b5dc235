import type { Freshness } from '../../pipeline/feature-groups/freshness.js';
import { partNames } from '../../common/parts.js';
import { behindWords, storeWords } from '../../pipeline/feature-groups/words.js';
import type { FeatureGroup, ListedFeatureGroup } from '../../platform/ports/features.js';
import { formatAge, formatMoment } from '../../report/format/dates.js';
import { formatCount } from '../../report/format/numbers.js';
import { plural, shortened } from '../../report/format/words.js';
import { dotted, firstLine, type Item } from '../tree-item.js';

/** What is known of feature groups beyond their own descriptions. */
interface Around {
  /** By name; absent where nobody asked. */
  fresh?: ReadonlyMap<string, Freshness>;
  /** Those of others in the account: listed, and described only when somebody opens one. */
  others?: readonly ListedFeatureGroup[];
}

/** The project's feature groups with rows and age, each opening to its columns; others' folded below. */
export function featureGroupItems(groups: readonly FeatureGroup[], now: Date, { fresh, others = [] }: Around = {}) {
  const own = [...groups].sort(byPart).map((group): Item => {
    const freshness = fresh?.get(group.name);
    return {
      id: `feature-group/${group.name}`,
      label: partOf(group) ?? shortened(group.name, 18),
      icon: group.status.endsWith('Failed') ? 'broke' : 'table',
      description: dotted(
        group.status !== 'Created' && group.status,
        group.reason !== undefined && firstLine(group.reason),
        group.rows === undefined
          ? `${group.features.length} ${plural(group.features.length, 'feature')}`
          : `${formatCount(group.rows)} rows`,
        (freshness && behindWords(freshness, now)) ?? formatAge(group.updatedAt ?? group.createdAt, now),
      ),
      tooltip: [group.name, group.reason].filter((line) => line !== undefined).join('\n'),
      facts: [
        ['Record id', group.recordId],
        ['Event time', group.eventTime],
        ['Created', { at: group.createdAt }],
      ],
      context: 'feature-group',
      target: { kind: 'feature-group', name: group.name },
      children: groupParts(group, freshness, now),
    };
  });
  return [...own, ...othersItems(others, now)];
}

/** What stands below a group: where its records are, how new they are, and its columns. */
export function groupParts(group: FeatureGroup, fresh: Freshness | undefined, now: Date): Item[] {
  const fact = (part: string, label: string, description: string): Item => ({
    ...{ id: `feature-group/${group.name}#${part}`, label, icon: 'none', description },
  });
  const columns = group.features.map(({ name, type }): Item => ({
    id: `feature-group/${group.name}/${name}`,
    label: name,
    icon: 'column',
    description: dotted(type, name === group.recordId && 'record id', name === group.eventTime && 'event time'),
  }));
  return [
    ...(group.reason === undefined ? [] : [fact('reason', 'Why', group.reason)]),
    ...(group.offline === undefined ? [] : [fact('store', 'Store', storeWords(group))]),
    ...(fresh ? freshFacts(fresh, now).map(([label, text]) => fact(label.toLowerCase(), label, text)) : []),
    ...columns,
  ];
}

function freshFacts(fresh: Freshness, now: Date): [label: string, text: string][] {
  const { newestEvent, newestFile, reason } = fresh;
  if (newestEvent === null) return [['Freshness', `unknown: ${reason}`]];
  const file: [string, string][] = newestFile === null ? [] : [['Newest file', formatAge(newestFile, now)]];
  return [['Newest event', dotted(behindWords(fresh, now), formatMoment(newestEvent))], ...file];
}

function othersItems(others: readonly ListedFeatureGroup[], now: Date): Item[] {
  if (others.length === 0) return [];
  const children = others.map(({ name, status, createdAt }): Item => ({
    id: `other-feature-group/${name}`,
    label: shortened(name),
    icon: 'table',
    description: dotted(status !== 'Created' && status, formatAge(createdAt, now), 'not this project’s'),
    tooltip: name,
    context: 'feature-group',
    target: { kind: 'feature-group', name },
    lazy: true,
  }));
  const label = `${others.length} ${plural(others.length, 'feature group')} of others`;
  return [{ id: 'feature-groups-others', label, icon: 'folder', children }];
}

/** As data flows, not as letters follow each other; groups that are no part of a split come last. */
function byPart(left: FeatureGroup, right: FeatureGroup): number {
  return placeOf(left) - placeOf(right) || left.name.localeCompare(right.name);
}

function placeOf(group: FeatureGroup): number {
  const part = partOf(group);
  return part === undefined ? partNames.length : partNames.indexOf(part);
}

/** Its project's name stands before each part and says nothing new below the project. */
function partOf({ name }: Pick<FeatureGroup, 'name'>): (typeof partNames)[number] | undefined {
  return partNames.find((part) => name.endsWith(`-${part}`));
}
