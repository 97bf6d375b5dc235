import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../src/common/processes/process-identity.js';

/** Waits until none of these processes runs any more, which nobody tells of one that is not its own child. */
export async function untilEnded(pids: readonly number[], limitMs = 20_000): Promise<void> {
  for (const began = Date.now(); ; await sleep(20)) {
    const runs = await Promise.all(pids.map(isRunning));
    const left = pids.filter((_, place) => runs[place]);
    if (left.length === 0) return;
    if (Date.now() - began > limitMs) throw new Error(`still running after ${limitMs} ms: ${left.join(', ')}`);
  }
}
