import { userInfo } from 'node:os';
import type { Override } from '../../documents/ledger.js';
import { clearOverride as clear } from '../../pipeline/overrides.js';
import { changes } from '../operation.js';
import { besideRuns } from './show.js';

/** Ends an override; nothing happens when it is not set. */
export const clearOverride = changes(
  'overrides.clear',
  { purpose: ({ name }: Pick<Override, 'name' | 'reason'>) => `clear override ${name}`, withoutLease: besideRuns },
  ({ environment }, { name, reason }) => clear(environment, name, userInfo().username, reason),
);
