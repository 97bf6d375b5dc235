import type { StageContext } from '../stage.js';
import { wallClock } from './clock.js';
import type { Releasing } from './releasing.js';

/** A release as part of a run: the run holds the lease, and is told how it goes. */
export function releasingOf({ project, environment, writers, signal, report }: StageContext): Releasing {
  const tell = (text: string) => report.message('info', text);
  return { project, environment, writers, signal, tell, clock: wallClock };
}
