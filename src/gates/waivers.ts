import type { Overrides } from '../documents/ledger.js';

export type Waiver = Overrides['waivers'][number];

/** The waiver of a gate that counts now. One that ends on a day counts through that day (UTC). */
export function waiverOf(gate: string, waivers: readonly Waiver[], now: Date): Waiver | undefined {
  return waivers.find((waiver) => waiver.gate === gate && endOf(waiver.until) > now.getTime());
}

/** NaN for a date that cannot be read: such a waiver never counts. */
function endOf(until: string): number {
  return Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999Z` : until);
}
