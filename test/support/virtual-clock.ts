import { mock } from 'node:test';
import type { Clock } from '../../src/pipeline/releasing/releasing.js';

/**
 * Time as a test tells it, for everybody who asks for a `Date`: it passes when all `waiters` wait, to the moment at which
 * the first of them wants to go on. Turn it back with `end`.
 */
export function virtualClock(start: string, waiters = 1): Clock & { set(at: Date): void; end(): void } {
  mock.timers.enable({ apis: ['Date'], now: Date.parse(start) });
  const waiting: { until: number; go: () => void }[] = [];
  const pass = () => {
    if (waiting.length < waiters) return;
    const next = Math.min(...waiting.map(({ until }) => until));
    if (next > Date.now()) mock.timers.setTime(next);
    // Who waits for the same moment goes on together, so that all can end there.
    const due = waiting.filter(({ until }) => until <= next);
    for (const one of due) waiting.splice(waiting.indexOf(one), 1);
    for (const { go } of due) go();
  };
  return {
    now: () => new Date(),
    wait: (ms, { signal }) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const go = () => {
          signal?.removeEventListener('abort', go);
          resolve();
        };
        signal?.addEventListener('abort', go);
        waiting.push({ until: Date.now() + ms, go });
        pass();
      }),
    set: (at) => mock.timers.setTime(at.getTime()),
    end: () => mock.timers.reset(),
  };
}
