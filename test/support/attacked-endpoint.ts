import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLocal } from '../../src/platform/local/index.js';
import type { Environment } from '../../src/platform/ports/environment.js';
import { buildEngine } from './endpoint-engine.js';
import { putTreeModel } from './small-models.js';
import { temporaryFolder } from './temporary.js';

/** A real endpoint process (a tree model with inputs alpha, beta, gamma) to be attacked, on the loopback. */
export interface AttackedEndpoint {
  url: string;
  token: string;
  pid: number;
  place: Environment;
  /** With the token, where `headers` say nothing else. */
  post(body: string | Uint8Array, type: string, headers?: Record<string, string>): Promise<Answered>;
  /** The longest that `/ping` took to answer while `work` was done, in milliseconds. */
  longestPing(work: () => Promise<unknown>): Promise<number>;
  /** Resident memory of the process in bytes. */
  memory(): number;
  end(): Promise<void>;
}

export interface Answered {
  status: number;
  text: string;
}

export async function attackedEndpoint(): Promise<AttackedEndpoint> {
  const { engine, remove } = await buildEngine();
  const folder = temporaryFolder();
  const place = openLocal({ projectFolder: folder.path, project: 'attacked', engine });
  const { objects, endpoints } = place.writers('test');
  await putTreeModel(objects, 'v1');
  const variants = [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }];
  const info = await endpoints.deploy({ name: 'hot', group: 'attacked', variants, capture: 0 });
  const url = info.url!;
  const token = readFileSync(info.tokenFile!, 'utf8').trim();

  async function post(body: string | Uint8Array, type: string, headers: Record<string, string> = {}) {
    const sent = { 'content-type': type, authorization: `Bearer ${token}`, ...headers };
    const bytes = typeof body === 'string' ? body : Buffer.from(body);
    const response = await fetch(`${url}/invocations`, { method: 'POST', body: bytes, headers: sent });
    return { status: response.status, text: await response.text() };
  }

  async function longestPing(work: () => Promise<unknown>): Promise<number> {
    let [longest, done] = [0, false];
    const working = work().finally(() => (done = true));
    while (!done) {
      const began = performance.now();
      await (await fetch(`${url}/ping`)).text();
      longest = Math.max(longest, performance.now() - began);
      await sleep(20);
    }
    await working;
    return longest;
  }

  return {
    ...{ url, token, pid: info.pid!, place, post, longestPing },
    memory: () => residentMemory(info.pid!),
    end: async () => {
      await endpoints.remove('hot');
      folder.remove();
      remove();
    },
  };
}

/** Of a process on Linux; 0 where the kernel does not tell it in a file. */
export function residentMemory(pid: number): number {
  if (process.platform !== 'linux') return 0;
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

/** A request whose body is sent piece by piece, for as long as the server listens. */
export async function postPieces(url: string, headers: OutgoingHttpHeaders, pieces: Iterable<string | Uint8Array>) {
  const asked = request(url, { method: 'POST', headers });
  let sent = 0;
  let over = false;
  asked.on('error', () => (over = true));
  const answered = once(asked, 'response').then(([response]) => {
    const { statusCode, headers } = response as IncomingMessage;
    (response as IncomingMessage).resume();
    over = true;
    return { status: statusCode, headers };
  });
  answered.catch(() => undefined);
  for (const piece of pieces) {
    if (over) break;
    sent += piece.length;
    if (!asked.write(piece)) await Promise.race([once(asked, 'drain'), answered]).catch(() => undefined);
  }
  if (!over) asked.end();
  const { status } = await answered;
  asked.destroy();
  return { status, sent };
}
