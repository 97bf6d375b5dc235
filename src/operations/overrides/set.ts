import { userInfo } from 'node:os';
import type { Override } from '../../documents/ledger.js';
import { setOverride as set } from '../../pipeline/overrides.js';
import { changes } from '../operation.js';
import { besideRuns } from './show.js';

/** Forces or suppresses retraining, until `expiresAt` or until it is cleared; the verdict never changes. */
export const setOverride = changes(
  'overrides.set',
  {
    purpose: ({ name }: Pick<Override, 'name' | 'reason' | 'expiresAt'>) => `set override ${name}`,
    withoutLease: besideRuns,
  },
  ({ environment }, override) =>
    set(environment, { ...override, by: userInfo().username, setAt: new Date().toISOString() }),
);
