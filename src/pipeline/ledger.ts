import type { LedgerEntry } from '../documents/ledger.js';
import type { Writers } from '../platform/ports/environment.js';

type Essential = Pick<LedgerEntry, 'who' | 'what' | 'why'>;

/** Appends one entry; what is not said is empty. */
export function recordInLedger(writers: Writers, entry: Essential & Partial<LedgerEntry>): Promise<void> {
  return writers.ledger.append({
    kind: 'ledger-entry',
    schemaVersion: 1,
    at: new Date().toISOString(),
    from: null,
    to: null,
    outcome: 'recorded',
    trigger: null,
    evidence: [],
    ...entry,
  });
}
