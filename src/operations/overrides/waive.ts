import { dateFlag, endOfDay } from '../../common/dates.js';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { Waiver } from '../../documents/ledger.js';
import { addWaiver } from '../../pipeline/overrides.js';
import { changes, type At } from '../operation.js';
import { besideRuns } from './show.js';

export type NewWaiver = Pick<Waiver, 'gate' | 'owner' | 'reason' | 'until'>;

/** A gate's failure counts as a warning until a date: somebody answers for it. */
export const waiveGate = changes(
  'overrides.waive',
  {
    purpose: ({ gate }: NewWaiver) => `waive ${gate}`,
    withoutLease: besideRuns,
    check(at, { gate, until }) {
      mustBeAGate(at, gate);
      mustLieAhead(until);
    },
  },
  ({ environment }, waiver) => addWaiver(environment, { ...waiver, setAt: new Date().toISOString() }),
);

/** A day counts through its end, in UTC. @throws InputError for one that is over */
function mustLieAhead(until: string): void {
  if (Date.parse(endOfDay(dateFlag('waive until', until))) > Date.now()) return;
  throw new InputError(`waive until: found ${until}, which is over, expected a day to come`);
}

/** Also a check of the admission gate that may be waived. @throws InputError that names the project's gates */
export function mustBeAGate({ project }: Pick<At, 'project'>, gate: string | undefined): asserts gate is string {
  const admitted = project.file.release?.admit.filter(({ waivable }) => waivable) ?? [];
  const gates = [...project.file.monitor.gates, ...admitted].map(({ id }) => id);
  if (gate === undefined) throw new InputError(`waive: found no gate, expected ${oneOf(undefined, gates)}`);
  if (!gates.includes(gate)) throw new InputError(`waive: found gate "${gate}", expected ${oneOf(gate, gates)}`);
}
