import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './releasing.js';

/** The clock on the wall. */
export const wallClock: Clock = {
  now: () => new Date(),
  wait: (ms, { signal }) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
