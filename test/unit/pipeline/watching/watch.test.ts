import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RefusedError } from '../../../../src/common/errors.js';
import { startOf } from '../../../../src/common/processes/process-identity.js';
import type { Said } from '../../../../src/documents/watching/watcher.js';
import { keepSaid, keepWatcher, readWatcher } from '../../../../src/pipeline/watching/kept.js';
import { asTheWatcher, watcherOf } from '../../../../src/pipeline/watching/place.js';
import { watch } from '../../../../src/pipeline/watching/watch.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { virtualClock } from '../../../support/virtual-clock.js';

const start = '2026-03-01T00:00:00.000Z';
const never = new AbortController().signal;
const nothing = ({ text }: Said) => assert.fail(text);
const minutes = (count: number) => count * 60_000;

describe('watching a project', () => {
  let clock: ReturnType<typeof virtualClock>;
  afterEach(() => clock?.end());

  it('does each duty by its own time, and ends at the end that it was given', async () => {
    clock = virtualClock(start, 2);
    const seen: string[] = [];
    const duty = (name: string, every: number) => ({
      ...{ name, every },
      run: (at: Date) => Promise.resolve(void seen.push(`${name} ${at.toISOString().slice(11, 16)}`)),
    });
    const until = new Date(Date.parse(start) + minutes(30));
    const duties = [duty('often', minutes(10)), duty('seldom', minutes(15))];
    const records = await watch(duties, { clock, signal: never, tell: nothing, until });
    assert.deepEqual(seen.sort(), ['often 00:00', 'often 00:10', 'often 00:20', 'seldom 00:00', 'seldom 00:15']);
    assert.deepEqual(
      records.map(({ looks, failures }) => [looks, failures]),
      [
        [3, 0],
        [2, 0],
      ],
    );
  });

  it('tells a duty that fails once while it fails of the same, goes on with it and with the others', async () => {
    clock = virtualClock(start, 2);
    const told: Said[] = [];
    let tries = 0;
    const broken = {
      ...{ name: 'broken', every: minutes(1) },
      run: () => (++tries < 4 ? Promise.reject(new Error('no network')) : Promise.resolve(undefined)),
    };
    const well = { name: 'well', every: minutes(1), run: () => Promise.resolve('done') };
    const until = new Date(Date.parse(start) + minutes(5));
    const tell = (said: Said) => void told.push(said);
    const records = await watch([broken, well], { clock, signal: never, tell, until });
    assert.deepEqual(
      told.filter(({ duty }) => duty === 'broken').map(({ at, text, failed }) => [at.slice(11, 16), text, failed]),
      [
        ['00:00', 'no network', true],
        ['00:03', 'works again', false],
      ],
    );
    assert.equal(told.filter(({ duty }) => duty === 'well').length, 5);
    assert.deepEqual(
      records.map(({ name, looks, failures, failed }) => [name, looks, failures, failed]),
      [
        ['broken', 5, 3, false],
        ['well', 5, 0, false],
      ],
    );
  });

  it('ends within a second although a duty does not heed the signal', async () => {
    const abort = new AbortController();
    const { wallClock } = await import('../../../../src/pipeline/releasing/clock.js');
    const deaf = {
      ...{ name: 'deaf', every: 1 },
      run: () => {
        abort.abort();
        return new Promise<undefined>(() => undefined);
      },
    };
    const began = performance.now();
    await watch([deaf], { clock: wallClock, signal: abort.signal, tell: nothing });
    assert.ok(performance.now() - began < 1000);
  });

  describe('has one watcher', () => {
    const folder = temporaryFolder();
    const watched = { project: { folder: folder.path }, environment: { name: 'local' } };
    after(() => folder.remove());

    it('at a time, and is free when that one ends', async () => {
      await asTheWatcher(watched, 'watch', async () => {
        assert.equal((await watcherOf(watched))?.pid, process.pid);
        await assert.rejects(
          asTheWatcher(watched, 'watch', () => Promise.resolve()),
          (error) => error instanceof RefusedError && error.message.includes(`process ${process.pid}`),
        );
        const other = { ...watched, environment: { name: 'prod' } };
        await asTheWatcher(other, 'watch', () => Promise.resolve());
      });
      assert.equal(await watcherOf(watched), undefined);
    });

    it('and takes over from one that was killed', async () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      const processStart = await startOf(child.pid!);
      child.kill('SIGKILL');
      await once(child, 'exit');
      mkdirSync(join(folder.path, '.mlops/watching/local'), { recursive: true });
      const dead = { purpose: 'watch', pid: child.pid, processStart, host: hostname(), startedAt: start, nonce: 'x' };
      writeFileSync(join(folder.path, '.mlops/watching/local/lease.json'), JSON.stringify(dead));
      assert.equal(await asTheWatcher(watched, 'watch', async () => (await watcherOf(watched))?.pid), process.pid);
    });

    it('and keeps what its duties said, whoever asks later', async () => {
      const record = { name: 'a', every: 1, at: start, said: 'no', failed: true, looks: 1, failures: 1 };
      await keepSaid(watched, [{ at: start, duty: 'a', text: 'no', failed: true }]);
      await keepWatcher(watched, new Date(start), [record]);
      const kept = await readWatcher(watched);
      assert.deepEqual([kept?.since, kept?.pid, kept?.duties], [start, null, [record]]);
    });
  });
});
