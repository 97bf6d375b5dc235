import type { AlarmChange } from '../../../documents/watching/watched-alarms.js';
import type { AlarmState } from '../../../platform/ports/alarms.js';
import type { Environment } from '../../../platform/ports/environment.js';
import type { Project } from '../../../project/schema.js';
import { findAlarms } from '../../project-alarms.js';
import type { Duty } from '../duty.js';
import { changesOf } from './changes.js';
import { keepChanges, keepStates, readStates } from './kept.js';

/** As often as CloudWatch evaluates. */
const everyMs = 60_000;

/** Evaluates the project's alarms, and keeps how they stand and each change of a state, with its reason. */
export function alarmsDuty(project: Project, environment: Environment): Duty {
  return {
    name: 'alarms',
    every: everyMs,
    async run(at, signal) {
      const watched = { project, environment };
      const alarms = await evaluated(project, environment, signal);
      const before = await readStates(watched);
      const changes: AlarmChange[] = [];
      for (const alarm of alarms)
        changes.push(...(await changesOf(environment, alarm, before[alarm.name], { signal })));
      await keepStates(watched, at, alarms);
      await keepChanges(watched, changes);
      return changes.length === 0 ? undefined : changes.map(changeText).join('; ');
    },
  };
}

/** On this machine they are evaluated by whoever looks, and what they said is recorded; CloudWatch does both by itself. */
async function evaluated(project: Project, environment: Environment, signal: AbortSignal): Promise<AlarmState[]> {
  if (environment.kind === 'local') return environment.writers('watch alarms').alarms.record({ signal });
  return (await findAlarms(project.file, environment, { signal })).ours;
}

function changeText({ alarm, from, to, reason }: AlarmChange): string {
  return `alarm ${alarm}: ${from} -> ${to}, ${reason}`;
}
