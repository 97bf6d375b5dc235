import type { LedgerEntry } from '../documents/ledger.js';
import { age, table } from './output.js';

/** Entries of the ledger, a line each, in the order that they come. */
export function ledgerTable(entries: readonly LedgerEntry[], now: Date): string[] {
  return table(
    ['when', 'who', 'what', 'from', 'to', 'outcome', 'why'],
    entries.map(({ at, who, what, from, to, outcome, why }) => [
      age(at, now),
      who,
      what,
      from ?? '–',
      to ?? '–',
      outcome,
      why,
    ]),
  );
}
