import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * A thread of `worker.ts`; `workerData` says for what. `worker.js` lies beside the bundle that this code is part of; run
 * from its source, it is a TypeScript file.
 */
export function startWorker(options: WorkerOptions = {}): Worker {
  const bundled = join(__dirname, 'worker.js');
  if (existsSync(bundled)) return new Worker(bundled, options);
  return new Worker(join(__dirname, '..', '..', 'worker.ts'), { ...options, execArgv: ['--require', 'tsx/cjs'] });
}
