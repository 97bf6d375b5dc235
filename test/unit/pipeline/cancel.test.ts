import fs, { type FSWatcher } from 'node:fs';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { requestCancel, watchCancel } from '../../../src/pipeline/cancel.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('cancelling a run from another process', () => {
  const watch = fs.watch;
  let folder: ReturnType<typeof temporaryFolder>;
  let end: () => void = () => undefined;

  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => {
    end();
    use(watch);
    folder.remove();
  });

  function use(replacement: unknown): void {
    Object.assign(fs, { watch: replacement });
    syncBuiltinESMExports();
  }

  async function isCancelled(before: () => void = () => undefined): Promise<void> {
    await new Promise<void>((aborted) => {
      end = watchCancel(folder.path, 'run', aborted);
      before();
      requestCancel(folder.path, 'run');
    });
  }

  it('is noticed', () => isCancelled());

  it('is noticed when the watch fails on the way', async () => {
    const watcher = Object.assign(new EventEmitter(), { close: () => undefined }) as unknown as FSWatcher;
    use(() => watcher);
    await isCancelled(() => watcher.emit('error', new Error('no watches left')));
  });

  it('is noticed when nothing can be watched', async () => {
    use(() => {
      throw new Error('no watches left');
    });
    await isCancelled();
  });
});
