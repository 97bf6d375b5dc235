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
    check: (at, { gate }) => mustBeAGate(at, gate),
  },
  ({ environment }, waiver) => addWaiver(environment, { ...waiver, setAt: new Date().toISOString() }),
);

/** @throws InputError that names the project's gates */
export function mustBeAGate({ project }: Pick<At, 'project'>, gate: string | undefined): asserts gate is string {
  const gates = project.file.monitor.gates.map(({ id }) => id);
  if (gate === undefined) throw new InputError(`waive: found no gate, expected ${oneOf(undefined, gates)}`);
  if (!gates.includes(gate)) throw new InputError(`waive: found gate "${gate}", expected ${oneOf(gate, gates)}`);
}
