import { InputError, RefusedError } from '../../common/errors.js';
import { addGrant, projectKey, removeGrants } from '../../platform/permissions/grants.js';
import { grantsFile } from '../../platform/permissions/user-file.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { answer } from '../answer.js';
import { makesFiles } from '../operation.js';

/** Lets commands change an environment: for its user, this project, and the account of the credentials of this moment. */
export const turnOnWriting = makesFiles(
  'environments.turn-on-writing',
  async ({ signal }, { project, environment }: { project: Project; environment: Environment }) => {
    const { name, region } = environment;
    if (project.file.environments[name]?.write === false)
      throw new RefusedError(
        `environment ${name}: mlops.json forbids writing to it (environments.${name}.write is false)`,
      );
    const account = await environment.account?.({ signal });
    if (!account)
      throw new InputError(`environment ${name}: found no account, expected credentials that belong to one`);
    await addGrant({ ...projectKey(project), environment: name, account, since: new Date().toISOString() });
    return answer('environment-writing', { environment: name, writing: 'on', account, region, file: grantsFile() });
  },
);

/** Takes it back. `before`: whether it was on. */
export const turnOffWriting = makesFiles(
  'environments.turn-off-writing',
  async (_at, { project, name }: { project: Project; name: string }) => {
    const gone = await removeGrants({ ...projectKey(project), environment: name });
    return answer('environment-writing', { environment: name, writing: 'off', before: gone.length > 0 ? 'on' : 'off' });
  },
);
