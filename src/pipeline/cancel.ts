import { existsSync, mkdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './events.js';

const fileName = 'cancel';

/** Asks a run of any process to stop. */
export function requestCancel(projectFolder: string, runId: string): void {
  writeFileSync(join(runFolder(projectFolder, runId), fileName), '');
}

/** Aborts when somebody puts the `cancel` file beside the run's events. Call the returned function when the run ended. */
export function watchCancel(projectFolder: string, runId: string, abort: () => void): () => void {
  const folder = runFolder(projectFolder, runId);
  mkdirSync(folder, { recursive: true });
  const look = () => {
    if (existsSync(join(folder, fileName))) abort();
  };
  const watcher = watch(folder, { persistent: false }, look);
  look();
  return () => watcher.close();
}
