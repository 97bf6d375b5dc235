import assert from 'node:assert/strict';
import { everyItem } from '../../src/platform/ports/pages.js';
import type { Use } from './environment.js';

export function ledgerAndLeaseContract(use: Use): void {
  describe('ledger and lease', () => {
    it('lists the ledger newest first, page by page', async () => {
      const { environment, fill } = use();
      const reasons = ['one', 'two', 'three', 'four', 'five'];
      for (const [index, why] of reasons.entries())
        await fill.ledgerEntry(new Date(Date.UTC(2026, 10, 21, 9, 0, 0, index)), why);
      const found: string[] = [];
      for await (const { why } of everyItem((page) => environment.ledger.list({ ...page, limit: 2 }))) found.push(why);
      assert.deepEqual(found, [...reasons].reverse());
    });

    it('tells that nobody holds the lease', async () => {
      assert.equal(await use().environment.lease.holder(), undefined);
    });
  });
}
