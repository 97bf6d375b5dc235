import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchedAlarms } from '../../../../src/documents/watching/watched-alarms.js';
import { keepWatchedAlarms } from '../../../../src/pipeline/watching/alarms/kept.js';
import { keepWatcher } from '../../../../src/pipeline/watching/kept.js';
import { asTheWatcher, windowWatches } from '../../../../src/pipeline/watching/place.js';
import { look } from '../../../../src/vscode/watching/look.js';
import type { Current } from '../../../../src/vscode/session/current.js';
import { temporaryFolder } from '../../../support/temporary.js';

type Kept = WatchedAlarms['alarms'][string];
const alarm = (state: Kept['state'], since: string, reason = 'too many'): Kept => {
  return { state, since, reason, value: 1, open: false };
};

describe('what a window finds out about a watcher', () => {
  const folder = temporaryFolder();
  const current = { project: { folder: folder.path, file: { name: 'churn' } }, environment: { name: 'local' } };
  const at = current as unknown as Current;
  after(() => folder.remove());

  const keep = (alarms: Record<string, Kept>, when = new Date()) =>
    keepWatchedAlarms(current, {
      ...{ kind: 'watched-alarms', schemaVersion: 1, at: when.toISOString(), alarms, pending: [] },
    });

  it('is nothing while nobody watches, whatever was kept', async () => {
    await keep({ errors: alarm('ALARM', 't1') });
    assert.deepEqual(await look(at, {}), { holder: undefined, failing: [], messages: [], told: {} });
  });

  it('is every alarm that stands in ALARM and was not told, each once', async () => {
    await asTheWatcher(current, windowWatches, async () => {
      await keep({ errors: alarm('ALARM', 't1'), slow: alarm('OK', 't1'), idle: alarm('INSUFFICIENT_DATA', 't1') });
      const first = await look(at, {});
      assert.equal(first.holder?.byWindow, true);
      assert.deepEqual(first.messages, [
        { alarm: 'errors', text: 'churn (local): alarm errors is in alarm. too many' },
      ]);
      assert.deepEqual((await look(at, first.told)).messages, []);

      await keep({ errors: alarm('OK', 't2') });
      const well = await look(at, first.told);
      assert.deepEqual([well.messages, well.told], [[], {}]);

      await keep({ errors: alarm('ALARM', 't3') });
      // Also where nobody saw that it was well in between.
      for (const told of [first.told, well.told]) assert.equal((await look(at, told)).messages.length, 1);
    });
  });

  it('is not what a watcher before this one left', async () => {
    await keep({ errors: alarm('ALARM', 't1') }, new Date(Date.now() - 60_000));
    await asTheWatcher(current, 'watch', async () => {
      const found = await look(at, { errors: 't0' });
      assert.equal(found.holder?.byWindow, false);
      assert.deepEqual([found.messages, found.told], [[], { errors: 't0' }]);
    });
  });

  it('is why a duty failed', async () => {
    await asTheWatcher(current, 'watch', async () => {
      const now = new Date().toISOString();
      const record = { name: 'alarms', every: 1, at: now, said: 'no metrics', failed: true, looks: 1, failures: 1 };
      await keepWatcher(current, new Date(), [record, { ...record, name: 'loop', failed: false }]);
      assert.deepEqual((await look(at, {})).failing, ['alarms: no metrics']);
    });
  });

  it('makes no link of what the project says, and cuts what is long', async () => {
    await asTheWatcher(current, 'watch', async () => {
      await keep({ errors: alarm('ALARM', 't1', `[see](command:evil) ${'x'.repeat(300)}`) });
      const [message] = (await look(at, {})).messages;
      assert.ok(!message!.text.includes(']('), message!.text);
      assert.ok(message!.text.length < 260);
    });
  });

  it('is refused where what is kept cannot be read', async () => {
    await asTheWatcher(current, 'watch', async () => {
      writeFileSync(join(folder.path, '.mlops/watching/local/alarms.json'), '{');
      await assert.rejects(look(at, {}), /alarms\.json/);
    });
  });
});
