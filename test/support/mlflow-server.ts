import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** Starts a real MLflow server on this machine, with its store and artifacts below a folder. */
export async function startMlflow(python: string, folder: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const stores = ['--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--artifacts-destination'];
  const server = spawn(join(dirname(python), 'mlflow'), [...words, ...stores, join(folder, 'artifacts')], {
    ...{ stdio: 'ignore', cwd: folder, detached: true },
  });
  for (const began = Date.now(); ; await sleep(200)) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok) break;
    assert.ok(Date.now() - began < 180_000, 'the MLflow server did not start');
  }
  return {
    url,
    async stop(): Promise<void> {
      if (server.pid === undefined || server.exitCode !== null) return;
      const ended = once(server, 'exit');
      process.kill(-server.pid, 'SIGTERM');
      await ended;
    },
  };
}
