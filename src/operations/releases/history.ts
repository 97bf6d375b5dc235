import type { LedgerEntry } from '../../documents/ledger.js';
import { everyItem } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** The ledger, newest first: who changed what, when and why. */
export const showHistory = reads('releases.history', async ({ environment, signal }) => {
  const entries: LedgerEntry[] = [];
  for await (const entry of everyItem((page) => environment.ledger.list(page), { signal })) entries.push(entry);
  return answer('ledger', { entries });
});
