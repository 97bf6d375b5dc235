import { modelGroupName } from '../../project/names.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every version of the project's model, newest first. */
export const listModels = reads('models.list', async ({ project, environment, signal }) => {
  const models: ModelVersion[] = [];
  const group = modelGroupName(project.file.name);
  for await (const version of everyItem((page) => environment.registry.list(group, page), { signal }))
    models.push(version);
  return answer('model-versions', { models });
});
