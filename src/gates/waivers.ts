import { activeWaivers, type Waiver } from '../documents/ledger.js';

export type { Waiver };

/** The waiver of a gate that counts now. */
export function waiverOf(gate: string, waivers: readonly Waiver[], now: Date): Waiver | undefined {
  return activeWaivers(waivers, now).find((waiver) => waiver.gate === gate);
}
