import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** The ledger, newest first: who changed what, when and why. */
export const showHistory = reads('releases.history', async ({ environment, signal }) => {
  const entries = await collect((page) => environment.ledger.list(page), { signal });
  return answer('ledger', { entries });
});
