import { setTimeout as sleep } from 'node:timers/promises';
import { askedAlarms } from '../../../alarms/asked-alarms.js';
import { BrokenError } from '../../../common/errors.js';
import type { ActionResult, AlarmChange, WatchedAlarms } from '../../../documents/watching/watched-alarms.js';
import type { AlarmState } from '../../../platform/ports/alarms.js';
import type { Environment } from '../../../platform/ports/environment.js';
import { loadProject } from '../../../project/load.js';
import type { Project } from '../../../project/schema.js';
import { findAlarms } from '../../project-alarms.js';
import type { Duty } from '../duty.js';
import { changesOf } from './changes.js';
import { applyHere } from './definitions.js';
import { keepChanges, keepWatchedAlarms, readWatchedAlarms } from './kept.js';
import { performing } from './performing.js';
import { actionsFor } from './plan.js';

/** As often as CloudWatch evaluates. */
const everyMs = 60_000;
/** Most actions are done by then, and told at once; longer ones are told with the next look. */
const patienceMs = 5000;

/**
 * Evaluates the project's alarms, keeps how they stand and each change of a state with its reason, and does what
 * `mlops.json` says is done then: each action once a change.
 */
export function alarmsDuty(first: Project, environment: Environment): Duty {
  const watched = { project: first, environment };
  const performed = performing(watched);
  let kept: WatchedAlarms | undefined;

  /** @throws BrokenError that tells of changes and of actions that failed */
  const told = (changes: readonly AlarmChange[]): string | undefined => {
    const { results, failure } = performed.results();
    const text = [...changes.map(changeText), ...results.map(resultText), failure ?? []].flat().join('; ');
    if (failure !== undefined || results.some(({ ok }) => !ok)) throw new BrokenError(text);
    return text === '' ? undefined : text;
  };

  return {
    name: 'alarms',
    every: everyMs,
    async run(at, signal) {
      // What is said in mlops.json now counts; one that cannot be read is told, and nothing is made up.
      const project = await loadProject(first.folder, { sql: 'if there' });
      kept ??= await readWatchedAlarms(watched);
      await applyHere(project, environment, signal);
      const alarms = await evaluated(project, environment, signal);
      const changes = await take(kept, project, alarms, signal);
      kept.at = at.toISOString();
      await keepWatchedAlarms(watched, kept);
      await keepChanges(watched, changes);
      performed.begin(kept, project.file, signal);
      await atMost(patienceMs, performed.idle());
      return told(changes);
    },
    async settle() {
      await performed.idle();
      return told([]);
    },
  };

  /** Takes what was found into what is kept. Answers what changed. */
  async function take(all: WatchedAlarms, { file }: Project, alarms: readonly AlarmState[], signal: AbortSignal) {
    const then = new Map(askedAlarms(file).map((one) => [one.alarm.name, one.then]));
    const changes: AlarmChange[] = [];
    const next: WatchedAlarms['alarms'] = {};
    for (const alarm of alarms) {
      const before = all.alarms[alarm.name];
      const own = await changesOf(environment, alarm, before, { signal });
      const asked = { then: then.get(alarm.name) ?? [], actions: file.actions ?? {} };
      const { planned, open } = actionsFor(own, asked, before?.open ?? false);
      const endpoint = alarm.definition?.dimensions.EndpointName ?? alarm.rule?.endpoints[0] ?? null;
      all.pending.push(...planned.map((one) => ({ ...one, endpoint, begun: false })));
      const { state, since, reason, latest } = alarm;
      next[alarm.name] = { state, since, reason, value: latest ?? null, open };
      changes.push(...own);
    }
    all.alarms = next;
    return changes;
  }
}

/** Waits for work, and no longer than this. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const pause = new AbortController();
  const late = sleep(ms, undefined, { signal: pause.signal, ref: false }).catch(() => undefined);
  await Promise.race([work, late]);
  pause.abort();
}

/** On this machine they are evaluated by whoever looks, and what they said is recorded; CloudWatch does both by itself. */
async function evaluated(project: Project, environment: Environment, signal: AbortSignal): Promise<AlarmState[]> {
  if (environment.kind === 'local') return environment.writers('watch alarms').alarms.record({ signal });
  return (await findAlarms(project.file, environment, { signal })).ours;
}

function changeText({ alarm, from, to, reason }: AlarmChange): string {
  return `alarm ${alarm}: ${from} -> ${to}, ${reason}`;
}

function resultText({ alarm, action, ok, said }: ActionResult): string {
  return `action ${action} of ${alarm} ${ok ? 'done' : 'failed'}: ${said}`;
}
