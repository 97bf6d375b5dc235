import type { DamagedFile } from '../../common/errors.js';
import { freshnessOf, type Freshness } from '../../pipeline/feature-groups/freshness.js';
import { lookAtEach } from '../../pipeline/look-at-each.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { collect } from '../../platform/ports/pages.js';
import type { Project } from '../../project/schema.js';
import { errorItems, leftOutItem } from './error-items.js';
import { featureGroupItems, groupParts } from './feature-groups.js';
import type { TreeSource } from './tree-source.js';

/** Looking for the newest file takes a handful of listings, so it is not done every minute. */
const freshMs = 5 * 60_000;

/** An account can have hundreds of groups: only the project's are described, others' when somebody opens one. */
export function makeFeatureGroupLevels(): Required<Pick<TreeSource, 'roots' | 'children' | 'forget'>> {
  let known = new Map<string, { at: number; fresh: Freshness }>();
  const freshOnce = async ({ objects }: Environment, group: FeatureGroup, now: Date): Promise<Freshness> => {
    // A look that is still on its way when these are forgotten is not remembered for the next place.
    const mine = known;
    const before = mine.get(group.name);
    if (before !== undefined && now.getTime() - before.at < freshMs) return before.fresh;
    const fresh = await freshnessOf(objects, group);
    mine.set(group.name, { at: now.getTime(), fresh });
    return fresh;
  };
  return {
    async roots({ project, environment }) {
      const now = new Date();
      const damaged: DamagedFile[] = [];
      const leaveOut = (damage: DamagedFile) => void damaged.push(damage);
      const listed = await collect((page) => environment.features.list(page), { leaveOut });
      const isOwn = ownGroups(project, environment);
      const own = listed.filter(({ name }) => isOwn(name));
      const names = own.map(({ name }) => name);
      const { found: groups, leftOut } = await lookAtEach(names, (name) => environment.features.describe(name));
      // On this machine a group is as new as its last build, which it says itself.
      const asked = environment.kind === 'local' ? [] : groups;
      const found = await Promise.all(
        asked.map(async (group) => [group.name, await freshOnce(environment, group, now)] as const),
      );
      const others = listed.filter(({ name }) => !isOwn(name));
      return [
        ...damaged.map((damage) => leftOutItem('feature-groups', damage.file, damage)),
        ...leftOut.map(({ name, error }) => leftOutItem('feature-groups', name, error)),
        ...featureGroupItems(groups, now, { fresh: new Map(found), others }),
      ];
    },
    async children({ environment }, item) {
      if (item.target?.kind !== 'feature-group') return [];
      const now = new Date();
      try {
        const group = await environment.features.describe(item.target.name);
        return group === undefined ? [] : groupParts(group, await freshOnce(environment, group, now), now);
      } catch (error) {
        return errorItems(item.id, error, []);
      }
    },
    forget: () => void (known = new Map()),
  };
}

/** Named after the project, or named by it; a local environment is the project's alone. */
function ownGroups({ file }: Project, { name: environment, kind }: Environment): (name: string) => boolean {
  const named = Object.values(file.environments[environment]?.featureGroups ?? {});
  return (name) => kind === 'local' || name.startsWith(`${file.name}-`) || named.includes(name);
}
