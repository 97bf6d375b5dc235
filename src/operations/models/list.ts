import { modelGroupName } from '../../project/names.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { answer } from '../answer.js';
import { namedBy } from '../left-out.js';
import { reads } from '../operation.js';

/** Every version of the project's model, newest first; one whose record is damaged is named and left out. */
export const listModels = reads('models.list', async ({ project, environment, signal, warn }) => {
  const models: ModelVersion[] = [];
  const group = modelGroupName(project.file.name);
  const leaveOut = namedBy(warn);
  for await (const version of everyItem((page) => environment.registry.list(group, page), { signal, leaveOut }))
    models.push(version);
  return answer('model-versions', { models });
});
