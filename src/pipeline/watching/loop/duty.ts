import type { Environment } from '../../../platform/ports/environment.js';
import { secondsOf } from '../../../project/duration.js';
import { loadProject } from '../../../project/load.js';
import type { Project } from '../../../project/schema.js';
import type { Duty } from '../duty.js';
import { lookOnce } from '../../looping/tick.js';

/** The loop of a project that says "loop"; none otherwise. It goes by the project as it is written when it looks. */
export function loopDuties(project: Project, environment: Environment): Duty[] {
  const { loop } = project.file;
  if (loop === undefined) return [];
  return [
    {
      name: 'loop',
      every: 1000 * secondsOf(loop.every),
      run: async (now, signal) => lookOnce({ project: await loadProject(project.folder), environment, now, signal }),
    },
  ];
}
