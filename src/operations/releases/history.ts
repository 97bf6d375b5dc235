import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { namedBy } from '../left-out.js';
import { reads } from '../operation.js';

/** The ledger, newest first: who changed what, when and why; an entry that is damaged is named and left out. */
export const showHistory = reads('releases.history', async ({ environment, signal, warn }) => {
  const entries = await collect((page) => environment.ledger.list(page), { signal, leaveOut: namedBy(warn) });
  return answer('ledger', { entries });
});
