import { existsSync, mkdirSync, watch, writeFileSync, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { insideState } from '../common/inside.js';
import { runFolder } from './events.js';

const fileName = 'cancel';

/** Asks a run of any process to stop. */
export function requestCancel(projectFolder: string, runId: string): void {
  writeFileSync(insideState(join(runFolder(projectFolder, runId), fileName)), '');
}

/** Aborts when somebody puts the `cancel` file beside the run's events. Call the returned function when the run ended. */
export function watchCancel(projectFolder: string, runId: string, abort: () => void): () => void {
  const folder = runFolder(projectFolder, runId);
  mkdirSync(folder, { recursive: true });
  const look = () => {
    if (existsSync(join(folder, fileName))) abort();
  };
  // A watch may fail at any time, or never tell, as on network drives: so it is looked at once a second as well.
  const timer = setInterval(look, 1000).unref();
  const watcher = watchIfPossible(folder, look);
  look();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

function watchIfPossible(folder: string, look: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, look);
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined; // No watches left on this machine, for instance.
  }
}
