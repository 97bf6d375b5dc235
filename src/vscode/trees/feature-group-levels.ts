import type { Freshness } from '../../pipeline/feature-groups/freshness.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { quietly } from '../session/quietly.js';
import type { Current } from '../session/session.js';
import { errorItems, leftOutItem } from './error-items.js';
import { featureGroupItems, groupParts } from './feature-groups.js';
import type { TreeSource } from './tree-source.js';

/** Looking for the newest file takes a handful of listings, so it is not done every minute. */
const freshMs = 5 * 60_000;

/** An account can have hundreds of groups: only the project's are described, others' when somebody opens one. */
export function makeFeatureGroupLevels(): Required<Pick<TreeSource, 'roots' | 'children' | 'forget'>> {
  let known = new Map<string, { at: number; fresh: Freshness }>();
  const freshOnce = async (current: Current, group: FeatureGroup, now: Date): Promise<Freshness> => {
    // A look that is still on its way when these are forgotten is not remembered for the next place.
    const mine = known;
    const before = mine.get(group.name);
    if (before !== undefined && now.getTime() - before.at < freshMs) return before.fresh;
    const { lookAtFreshness } = await import('../project-work.js');
    const fresh = await lookAtFreshness.run(quietly(current), { group });
    mine.set(group.name, { at: now.getTime(), fresh });
    return fresh;
  };
  return {
    async roots(current) {
      const now = new Date();
      const { lookAtFeatureGroups } = await import('../project-work.js');
      const { groups, others, leftOut } = await lookAtFeatureGroups.run(quietly(current), undefined);
      // On this machine a group is as new as its last build, which it says itself.
      const asked = current.environment.kind === 'local' ? [] : groups;
      const found = await Promise.all(
        asked.map(async (group) => [group.name, await freshOnce(current, group, now)] as const),
      );
      return [
        ...leftOut.map(({ name, error }) => leftOutItem('feature-groups', name, error)),
        ...featureGroupItems(groups, now, { fresh: new Map(found), others }),
      ];
    },
    async children(current, item) {
      if (item.target?.kind !== 'feature-group') return [];
      const now = new Date();
      try {
        const { findFeatureGroup } = await import('../project-work.js');
        const group = await findFeatureGroup.run(quietly(current), item.target);
        return group === undefined ? [] : groupParts(group, await freshOnce(current, group, now), now);
      } catch (error) {
        return errorItems(item.id, error, []);
      }
    },
    forget: () => void (known = new Map()),
  };
}
