import { messageOf } from '../../common/errors.js';
import { lookAtEach } from '../../pipeline/look-at-each.js';
import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { namedBy } from '../left-out.js';
import { reads } from '../operation.js';

/** Every feature group of the environment as it describes itself; one that cannot be read is named and left out. */
export const listFeatureGroups = reads('feature-groups.list', async ({ environment, signal, warn }) => {
  const { features } = environment;
  const listed = await collect((page) => features.list(page), { signal, leaveOut: namedBy(warn) });
  const names = listed.map(({ name }) => name);
  const { found: featureGroups, leftOut } = await lookAtEach(names, (name) => features.describe(name, { signal }));
  for (const { name, error } of leftOut) warn(`${name} is not known: ${messageOf(error)}`);
  return answer('feature-groups', { featureGroups });
});
