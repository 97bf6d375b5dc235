import type { FeatureGroup } from '../../platform/ports.js';
import { formatAge } from '../../report/dates.js';
import { formatCount } from '../../report/numbers.js';
import { plural, shortened } from '../../report/words.js';
import { dotted, type Item } from './item.js';

/** Feature groups with rows and age; each opens to its columns. */
export function featureGroupItems(groups: readonly FeatureGroup[], now: Date): Item[] {
  return [...groups].sort(byPart).map((group) => ({
    id: `feature-group/${group.name}`,
    label: shortened(group.name, 18),
    icon: 'table',
    description: dotted(
      group.status !== 'Created' && group.status,
      group.rows === undefined
        ? `${group.features.length} ${plural(group.features.length, 'feature')}`
        : `${formatCount(group.rows)} rows`,
      formatAge(group.updatedAt ?? group.createdAt, now),
    ),
    tooltip: `${group.name}\nRecord id ${group.recordId}, event time ${group.eventTime}\nCreated ${group.createdAt}`,
    context: 'feature-group',
    target: { kind: 'feature-group', name: group.name },
    children: group.features.map(({ name, type }) => ({
      id: `feature-group/${group.name}/${name}`,
      label: name,
      icon: 'column',
      description: dotted(type, name === group.recordId && 'record id', name === group.eventTime && 'event time'),
    })),
  }));
}

const parts = ['train', 'validation', 'test', 'production'];

/** As data flows, not as letters follow each other; groups that are no part of a split come last. */
function byPart(left: FeatureGroup, right: FeatureGroup): number {
  return placeOf(left) - placeOf(right) || left.name.localeCompare(right.name);
}

function placeOf({ name }: FeatureGroup): number {
  const place = parts.findIndex((part) => name.endsWith(`-${part}`));
  return place === -1 ? parts.length : place;
}
