import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, CancelledError } from '../../../common/errors.js';
import { fileError, openForAppend } from '../../../common/files.js';
import { isAlive } from '../../../common/processes/process-identity.js';
import { ask, pings } from './client.js';
import { holderOfClaim } from '../../../common/claim.js';
import { readState, type EndpointFolder, type StateFile } from './folder.js';

/** How an endpoint's process is started. */
export interface Engine {
  /** `dist/endpoint.js`. */
  endpointScript: string;
  node: string;
}

/** A serving command that the endpoint starts may take a while; an endpoint that breaks ends, and is not waited for. */
const startMs = 150_000;
const stopMs = 10_000;
const pollMs = 50;
/** How a process ends that found another one at its place. */
const gaveWay = 'exit code 0';

/** Whether the process of a state file still runs; whether it answers is another question. */
export function runs(state: StateFile | undefined): Promise<boolean> {
  if (state?.phase !== 'serving') return Promise.resolve(false);
  return isAlive({ pid: state.pid, start: state.processStart });
}

/**
 * Starts an endpoint's process, detached so that it survives this one, and waits until it answers as itself. When
 * another one claimed the endpoint first, the new one ends without a word and that one is waited for: `ours` is false.
 * @throws BrokenError with the reason when it ends before that
 */
export async function startProcess(
  folder: EndpointFolder,
  engine: Engine,
  options: { signal?: AbortSignal } = {},
): Promise<{ state: StateFile; ours: boolean }> {
  const log = await openForAppend(folder.log, 0o600).catch((error: unknown) => {
    throw fileError('write', folder.log, error);
  });
  const child = spawn(engine.node, ['--enable-source-maps', engine.endpointScript, folder.path], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: environmentOfChild(),
    windowsHide: true,
  });
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal ?? `exit code ${code}`));
  child.unref();
  await log.close();

  for (const began = Date.now(); Date.now() - began < startMs; await sleep(pollMs)) {
    if (options.signal?.aborted) throw new CancelledError();
    const state = await readState(folder);
    const ours = state?.pid === child.pid;
    const own = ours ? state : undefined;
    if (state?.phase === 'serving' && (await pings(state))) return { state, ours };
    if (ended === gaveWay && (await holderOfClaim(folder.claim)) !== undefined) continue;
    if (ended !== undefined)
      throw new BrokenError(`endpoint ${folder.name} did not start: ${own?.reason ?? `${ended}; see ${folder.log}`}`);
  }
  throw new BrokenError(`endpoint ${folder.name} did not answer within ${startMs / 1000} seconds; see ${folder.log}`);
}

/** Asks the process to end, and ends it when it does not. What it captured is written before. */
export async function stopProcess(folder: EndpointFolder): Promise<void> {
  const state = await readState(folder);
  if (state === undefined || !(await runs(state))) return;
  // A number alone is nobody's: it is this process if it also began at that moment or, where that is not told, if it
  // has just answered with the nonce that it wrote down beside its number.
  const isKnown = state.processStart !== '' || (await pings(state));
  if (!isKnown)
    throw new BrokenError(
      `endpoint ${folder.name}: process ${state.pid} does not answer as its own and may be another's; end it yourself if it is not`,
    );
  await ask(folder, state, 'POST', '/admin/stop').catch(() => undefined);
  if (await isGone(state, stopMs)) return;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await runs(state)) process.kill(state.pid, signal);
    if (await isGone(state, stopMs)) return;
  }
  throw new BrokenError(`endpoint ${folder.name}: its process ${state.pid} cannot be ended`);
}

async function isGone(state: StateFile, withinMs: number): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < withinMs; await sleep(pollMs))
    if (!(await runs(state))) return true;
  return false;
}

/**
 * No cloud credentials (a session that a window handed to its own process neither) and no debugger of the parent: the
 * process needs none of them. In a desktop VS Code, `node` is Electron.
 */
export function environmentOfChild(variables: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => !/^(MLOPS_)?AWS_|^NODE_OPTIONS$/.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
