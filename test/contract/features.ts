import assert from 'node:assert/strict';
import { everyItem } from '../../src/platform/ports/pages.js';
import type { Use } from './environment.js';

export function featureContract(use: Use): void {
  describe('feature groups', () => {
    it('lists every group, page by page', async () => {
      const { environment, fill } = use();
      const names = ['contract-train', 'contract-validation', 'contract-test'];
      for (const name of names) await fill.featureGroup(name);
      const found: string[] = [];
      for await (const { name, status } of everyItem((page) => environment.features.list({ ...page, limit: 2 }))) {
        found.push(name);
        assert.equal(status, 'Created');
      }
      for (const name of names) assert.ok(found.includes(name), `${name} is not listed`);
    });

    it('describes a group: id, event time, and features with their types', async () => {
      const { environment, fill } = use();
      await fill.featureGroup('contract-described');
      const group = await environment.features.describe('contract-described');
      assert.equal(group?.recordId, 'record_id');
      assert.equal(group.eventTime, 'event_time');
      assert.deepEqual([group.online, group.offline], [false, true]);
      assert.deepEqual(
        group.features.find(({ name }) => name === 'area'),
        { name: 'area', type: 'Fractional' },
      );
    });

    it('answers undefined for a group that is not there', async () => {
      assert.equal(await use().environment.features.describe('contract-none'), undefined);
    });

    it('names a group without files that is not there', async () => {
      await assert.rejects(use().environment.features.files('contract-none'), /contract-none/);
    });
  });
}
