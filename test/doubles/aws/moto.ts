import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../support/free-port.js';

export interface Moto {
  port: number;
  stop(): Promise<void>;
}

/** Starts moto's server on loopback and resolves when it listens. `python` is one that has `moto[server]`. */
export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_ACCOUNT_ID: '123456789012' },
  });
  const ended = once(child, 'exit');
  // Also when a test process ends without cleaning up.
  process.once('exit', () => child.kill());
  const said: string[] = [];
  const lines = createInterface(child.stderr);
  await new Promise<void>((ready, fail) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('Running on')) ready();
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`moto ended with ${code}:\n${said.slice(-20).join('\n')}`)));
  });
  return {
    port,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
