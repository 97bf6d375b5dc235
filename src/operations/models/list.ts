import { modelGroupName } from '../../project/names.js';
import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { namedBy } from '../left-out.js';
import { reads } from '../operation.js';

/** Every version of the project's model, newest first; one whose record is damaged is named and left out. */
export const listModels = reads('models.list', async ({ project, environment, signal, warn }) => {
  const group = modelGroupName(project.file.name);
  const models = await collect((page) => environment.registry.list(group, page), { signal, leaveOut: namedBy(warn) });
  return answer('model-versions', { models });
});
