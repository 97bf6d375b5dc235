import assert from 'node:assert/strict';
import { everyItem } from '../../src/platform/ports/pages.js';
import type { Use } from './environment.js';

export function endpointContract(use: Use): void {
  describe('endpoints', () => {
    it('answers undefined for an endpoint that is not there', async () => {
      assert.equal(await use().environment.endpoints.describe('contract-none'), undefined);
    });

    it('refuses to invoke an endpoint that is not there, naming it', async () => {
      const request = { body: '[1]', contentType: 'application/json' };
      await assert.rejects(use().environment.endpoints.invoke('contract-none', request), /contract-none/);
    });

    it('lists and describes an endpoint with what it serves', async function () {
      const { environment, fill } = use();
      this.timeout(60_000);
      await fill.endpoint('contract-served');
      const names: string[] = [];
      for await (const { name, ours } of everyItem((page) => environment.endpoints.list(page))) {
        names.push(name);
        assert.equal(typeof ours, 'boolean');
      }
      assert.ok(names.includes('contract-served'));
      const info = await environment.endpoints.describe('contract-served');
      assert.equal(info?.status, 'InService');
      assert.equal(info.config.variants[0]?.modelVersion, 'v1');
      assert.equal(info.config.variants[0]?.weight, 1);
      assert.equal(info.drift, undefined);
    });
  });
}
