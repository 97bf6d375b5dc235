import { InputError } from '../../common/errors.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import { holdingLease } from '../holding-lease.js';
import { recordInLedger } from '../ledger.js';

/**
 * Hands an endpoint that others made over to the project: it is marked as ours, and releases may go to it from then on.
 * Answers whether that changed anything; only what changed is in the ledger.
 * @throws InputError where nobody else could have made one; RefusedError for one of another project
 */
export function adoptEndpoint(
  environment: Environment,
  name: string,
  who: string,
  options: CallOptions & { onWait(text: string): void },
): Promise<boolean> {
  const { cloud, ...writers } = environment.writers(`adopt endpoint ${name}`);
  if (cloud === undefined)
    throw new InputError(`endpoint adopt: every endpoint of ${environment.name} is the project's already`);
  return holdingLease(writers, `adopt ${name}`, options, async () => {
    const changed = await cloud.adoption.adopt(name, options);
    const why = 'others made it; a person handed it over for releases';
    if (changed) await recordInLedger(writers, { who, what: 'adopt', why, to: name });
    return changed;
  });
}
