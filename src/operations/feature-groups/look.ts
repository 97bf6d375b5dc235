import type { DamagedFile } from '../../common/errors.js';
import { freshnessOf } from '../../pipeline/feature-groups/freshness.js';
import { type LeftOut, lookAtEach } from '../../pipeline/look-at-each.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { collect } from '../../platform/ports/pages.js';
import type { Project } from '../../project/schema.js';
import { reads } from '../operation.js';

/**
 * The project's feature groups as each describes itself, and by their names those of others: an account may have
 * hundreds. What cannot be read is named beside.
 */
export const lookAtFeatureGroups = reads('feature-groups.look', async ({ project, environment, signal }) => {
  const { features } = environment;
  const damaged: LeftOut[] = [];
  const leaveOut = (damage: DamagedFile) => void damaged.push({ name: damage.file, error: damage });
  const listed = await collect((page) => features.list(page), { signal, leaveOut });
  const isOwn = ownGroups(project, environment);
  const names = listed.map(({ name }) => name).filter(isOwn);
  const { found, leftOut } = await lookAtEach(names, (name) => features.describe(name, { signal }));
  const others = listed.filter(({ name }) => !isOwn(name));
  return { groups: found, others, leftOut: [...damaged, ...leftOut] };
});

/** One group, also of others; undefined when there is none of that name. */
export const findFeatureGroup = reads('feature-groups.find', ({ environment, signal }, { name }: { name: string }) =>
  environment.features.describe(name, { signal }),
);

/** How new its records are, by the newest of its files. */
export const lookAtFreshness = reads(
  'feature-groups.freshness',
  ({ environment, signal }, { group }: { group: FeatureGroup }) => freshnessOf(environment.objects, group, { signal }),
);

/** Named after the project, or named by it; a local environment is the project's alone. */
function ownGroups({ file }: Project, { name: environment, kind }: Environment): (name: string) => boolean {
  const named = Object.values(file.environments[environment]?.featureGroups ?? {});
  return (name) => kind === 'local' || name.startsWith(`${file.name}-`) || named.includes(name);
}
