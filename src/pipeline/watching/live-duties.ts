import type { Environment } from '../../platform/ports/environment.js';
import { secondsOf } from '../../project/duration.js';
import type { Project } from '../../project/schema.js';
import type { Duty } from './duty.js';

/** Predictions of the newest rows, where the project wants them. */
export function liveDuties(project: Project, environment: Environment): Duty[] {
  const { live } = project.file;
  if (live === undefined) return [];
  return [
    {
      name: 'live',
      every: secondsOf(live.every) * 1000,
      // Loaded when it is done: it reads tables.
      run: async (at, signal) => (await import('../live/look.js')).lookLive({ project, environment, live }, at, signal),
    },
  ];
}
