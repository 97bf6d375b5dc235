import type { DamagedFile } from '../../common/errors.js';
import { type LeftOut, lookAtEach } from '../../pipeline/look-at-each.js';
import { collect } from '../../platform/ports/pages.js';
import { modelGroupName } from '../../project/names.js';
import { reads } from '../operation.js';

/** Every version of the project's model and, in an account, of those of others; what cannot be read is named beside. */
export const lookAtModels = reads('models.look', async ({ project, environment: { kind, registry }, signal }) => {
  const own = modelGroupName(project.file.name);
  const groups = kind === 'local' ? [own] : await collect((page) => registry.groups(page), { signal });
  const damaged: LeftOut[] = [];
  const leaveOut = (damage: DamagedFile) => void damaged.push({ name: damage.file, error: damage });
  const { found, leftOut } = await lookAtEach(groups, (group) =>
    collect((page) => registry.list(group, page), { signal, leaveOut }),
  );
  return { versions: found.flat(), leftOut: [...damaged, ...leftOut] };
});
