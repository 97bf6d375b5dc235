import { InputError } from '../../common/errors.js';
import { reads } from '../operation.js';

/** The smallest IAM policy with which a project can be looked at, or worked with. */
export const smallestPolicy = reads(
  'account.policy',
  async ({ environment: { name, access }, signal }, { kind }: { kind: 'read' | 'full' }) => {
    if (access === undefined)
      throw new InputError(`environment ${name} needs no policy; name an AWS environment with --env`);
    return access.policy(kind, { signal });
  },
);
