import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { clearWaiver, readOverrides } from '../../pipeline/overrides.js';
import { changes } from '../operation.js';
import { besideRuns } from './show.js';

/** Ends a waiver before its date. @throws InputError for a gate that is not waived */
export const endWaiver = changes(
  'overrides.end-waiver',
  {
    purpose: ({ gate }: { gate: string; reason: string }) => `end the waiver of ${gate}`,
    withoutLease: besideRuns,
    async check({ environment }, { gate }) {
      const waived = (await readOverrides(environment)).waivers.map((waiver) => waiver.gate);
      if (waived.includes(gate)) return;
      const expected = waived.length === 0 ? 'none: nothing is waived' : oneOf(gate, waived);
      throw new InputError(`waive --clear: found "${gate}", expected ${expected}`);
    },
  },
  ({ environment }, { gate, reason }) => clearWaiver(environment, gate, userInfo().username, reason),
);
