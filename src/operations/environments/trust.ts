import { InputError } from '../../common/errors.js';
import { projectKey } from '../../platform/permissions/grants.js';
import { addTrust, removeTrust } from '../../platform/permissions/trust.js';
import { grantsFile } from '../../platform/permissions/user-file.js';
import { needsTrust } from '../../project/endpoint-url.js';
import { environmentOf } from '../../project/environments.js';
import type { Project } from '../../project/schema.js';
import { answer } from '../answer.js';
import { makesFiles } from '../operation.js';

interface Trusted {
  project: Project;
  name: string;
  /** The address as it is typed, so that what is confirmed is what was seen. */
  address?: string;
}

/** Lets calls of an environment go elsewhere than to AWS, for its user and this project alone. */
export const trustAddress = makesFiles(
  'environments.trust',
  async (_at, { project, name: asked, address }: Trusted) => {
    const entry = environmentOf(project, asked);
    const { name } = entry;
    const found = 'endpointUrl' in entry ? entry.endpointUrl : undefined;
    if (found === undefined || !needsTrust(found)) {
      const where = found === undefined ? 'to AWS itself' : `to ${found}, on this machine`;
      throw new InputError(`env trust: environment ${name} sends its calls ${where}, which needs no trust`);
    }
    if (address !== found)
      throw new InputError(
        `env trust: found ${address ?? 'no address'}, expected environments.${name}.endpointUrl: ${found}`,
      );
    await addTrust({ ...projectKey(project), environment: name, endpointUrl: found, since: new Date().toISOString() });
    return answer('environment-trust', { environment: name, trusted: found, file: grantsFile() });
  },
);

/** Takes it back. `before`: whether it was trusted. */
export const distrustAddress = makesFiles('environments.distrust', async (_at, { project, name }: Trusted) => {
  const { name: environment } = environmentOf(project, name);
  const gone = await removeTrust({ ...projectKey(project), environment });
  return answer('environment-trust', { environment, trusted: null, before: gone.length > 0 });
});
