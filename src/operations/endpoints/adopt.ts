import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { recordInLedger } from '../../pipeline/ledger.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { mustFind, type Named } from './find.js';

/**
 * Hands an endpoint that others made over to the project: it is marked as ours, and releases may go to it from then on.
 * Answers whether that changed anything; only what changed is in the ledger.
 * @throws InputError where nobody else could have made one; RefusedError for one of another project
 */
export const adoptEndpoint = changes(
  'endpoints.adopt',
  {
    purpose: ({ name }: Named) => `adopt endpoint ${name}`,
    destroys: ({ name }) => ({
      what: `adopt endpoint ${name}, so that releases may change what it serves`,
      resource: name,
    }),
    async check(at, { name }) {
      const { kind, name: environment } = at.environment;
      if (kind === 'local')
        throw new InputError(`endpoint adopt: every endpoint of ${environment} is the project's already`);
      await mustFind(at, name);
    },
  },
  async ({ writers, signal }, { name }) => {
    const adopted = await writers.cloud!.adoption.adopt(name, { signal });
    const why = 'others made it; a person handed it over for releases';
    if (adopted) await recordInLedger(writers, { who: userInfo().username, what: 'adopt', why, to: name });
    return answer('endpoint-adopted', { name, adopted });
  },
);
