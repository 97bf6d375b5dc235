import { projectKey, useEnvironment } from '../../platform/permissions/grants.js';
import { environmentOf } from '../../project/environments.js';
import type { Project } from '../../project/schema.js';
import { answer } from '../answer.js';
import { makesFiles } from '../operation.js';

/** Makes an environment the one of commands that name none. */
export const chooseEnvironment = makesFiles(
  'environments.use',
  async (_at, { project, name }: { project: Project; name: string }) => {
    const { name: environment } = environmentOf(project, name);
    await useEnvironment({ ...projectKey(project), environment });
    return answer('environment-used', { using: environment });
  },
);
