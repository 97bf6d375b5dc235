import assert from 'node:assert/strict';
import { everyItem } from '../../src/platform/ports/pages.js';
import type { Use } from './environment.js';

export function registryContract(use: Use): void {
  describe('model registry', () => {
    it('lists a group among the groups', async () => {
      const { environment, fill } = use();
      await fill.modelVersion('contract-listed', 1);
      const groups: string[] = [];
      for await (const group of everyItem((page) => environment.registry.groups(page))) groups.push(group);
      assert.ok(groups.includes('contract-listed'));
    });

    it('lists versions newest first, by number', async () => {
      const { environment, fill } = use();
      for (let number = 1; number <= 11; number += 1) await fill.modelVersion('contract-order', number);
      const versions: string[] = [];
      const list = (page: object) => environment.registry.list('contract-order', { ...page, limit: 4 });
      for await (const { version } of everyItem(list)) versions.push(version);
      assert.deepEqual(
        versions,
        Array.from({ length: 11 }, (_, index) => `v${11 - index}`),
      );
    });

    it('gets a version with its state, or undefined', async () => {
      const { environment, fill } = use();
      await fill.modelVersion('contract-got', 1);
      const found = await environment.registry.get('contract-got', 'v1');
      assert.equal(found?.group, 'contract-got');
      assert.equal(found.status, 'Approved');
      assert.equal(await environment.registry.get('contract-got', 'v2'), undefined);
      assert.equal(await environment.registry.get('contract-none', 'v1'), undefined);
    });
  });
}
