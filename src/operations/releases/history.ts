import type { LedgerEntry } from '../../documents/ledger.js';
import { everyItem } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { namedBy } from '../left-out.js';
import { reads } from '../operation.js';

/** The ledger, newest first: who changed what, when and why; an entry that is damaged is named and left out. */
export const showHistory = reads('releases.history', async ({ environment, signal, warn }) => {
  const entries: LedgerEntry[] = [];
  const leaveOut = namedBy(warn);
  for await (const entry of everyItem((page) => environment.ledger.list(page), { signal, leaveOut }))
    entries.push(entry);
  return answer('ledger', { entries });
});
