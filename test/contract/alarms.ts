import assert from 'node:assert/strict';
import type { AlarmState } from '../../src/platform/ports/alarms.js';
import { everyItem } from '../../src/platform/ports/pages.js';
import type { Use } from './environment.js';

export function alarmContract(use: Use): void {
  describe('alarms', () => {
    it('lists every alarm with definition, state and reason; a new one has no data yet', async () => {
      const { environment, fill } = use();
      for (const name of ['contract-a', 'contract-b', 'contract-c']) await fill.alarm(name);
      const found = new Map<string, AlarmState>();
      for await (const alarm of everyItem((page) => environment.alarms.list({ ...page, limit: 2 })))
        found.set(alarm.name, alarm);
      for (const name of ['contract-a', 'contract-b', 'contract-c']) {
        assert.equal(found.get(name)?.state, 'INSUFFICIENT_DATA');
        assert.equal(found.get(name)?.definition?.name, name);
        assert.equal(found.get(name)?.rule, undefined);
        assert.equal(found.get(name)?.definition?.metric, 'Errors');
        assert.equal(found.get(name)?.definition?.operator, '>=');
      }
    });

    it('has a history without transitions for a new alarm', async () => {
      const { environment, fill } = use();
      await fill.alarm('contract-new');
      const history = await environment.alarms.history('contract-new');
      assert.deepEqual(history.items, []);
    });
  });
}
