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
  return [
    alarmsDuty(project, environment),
    ...feedDuties(project, environment),
    ...liveDuties(project, environment),
    ...loopDuties(project, environment),
    ...checksDuties(project, environment),
  ];
}
