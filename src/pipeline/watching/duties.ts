import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { checksDuties } from './loop/checks.js';
import { loopDuties } from './loop/duty.js';
import { alarmsDuty } from './alarms/duty.js';
import { feedDuties } from './feed-duties.js';
import { liveDuties } from './live-duties.js';
import type { Duty } from './duty.js';

/** What is done while a project is watched: a line a duty. */
export function dutiesOf(project: Project, environment: Environment): Duty[] {
  const changing = [feedDuties, liveDuties, loopDuties, checksDuties].flatMap((made) => made(project, environment));
  return [alarmsDuty(project, environment), ...changing.map((duty) => whereWritingIsOn(duty, environment))];
}

/** A place that only its user can open to writing is no failure of every look: it is told, and again once it changed. */
function whereWritingIsOn(duty: Duty, environment: Pick<Environment, 'name' | 'readOnlyBecause'>): Duty {
  let told: string | undefined;
  return {
    ...duty,
    run(at, signal) {
      const why = environment.readOnlyBecause;
      const isNew = why !== told;
      told = why;
      if (why === undefined) return duty.run(at, signal);
      return Promise.resolve(isNew ? `nothing is done: ${environment.name} is read-only. ${why}` : undefined);
    },
  };
}
