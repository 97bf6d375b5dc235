import { RefusedError } from '../common/errors.js';
import type { Environment } from '../platform/ports/environment.js';
import type { Flags } from './act.js';
import { ask, canAsk } from './ask.js';
import { confirmDestruction } from './confirm.js';

/**
 * Whether a person agrees to changes that were shown. In an account the project's name is typed, as for anything that is
 * destroyed; on this machine too somebody has to say yes, for such a list holds more than one thing.
 * @throws RefusedError when nobody does, with what to add
 */
export async function confirmed(environment: Environment, flags: Flags, what: string, name: string): Promise<void> {
  const asking = canAsk() && flags.json !== true;
  if (environment.kind === 'local' && flags.yes !== true && !asking)
    throw new RefusedError(`${what}: nothing was changed, for nobody confirmed it; add: --yes`);
  const destruction = { what: `${what} ${name}`, resource: name, askLocally: true };
  await confirmDestruction(environment, destruction, flags, asking ? ask : undefined);
}
