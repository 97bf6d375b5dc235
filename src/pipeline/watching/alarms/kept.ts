import { appendLines, readIfThere } from '../../../common/files.js';
import { readJson, writeJson } from '../../../common/json-files.js';
import {
  alarmChangeSchema,
  watchedAlarmsSchema,
  type AlarmChange,
  type WatchedAlarms,
} from '../../../documents/watching/watched-alarms.js';
import type { AlarmState } from '../../../platform/ports/alarms.js';
import { watchingPlace, type Watched } from '../place.js';

const statesName = 'alarms.json';
const historyName = 'alarm-history.jsonl';

/** How alarms stood when they were last looked at, by name. */
export async function readStates(watched: Watched): Promise<WatchedAlarms['alarms']> {
  const path = watchingPlace(watched).inFolder(statesName);
  const kept = await readJson(path, watchedAlarmsSchema, `remove it: every alarm is then looked at as if it were new`);
  return kept?.alarms ?? {};
}

export async function keepStates(watched: Watched, at: Date, alarms: readonly AlarmState[]): Promise<void> {
  const { inFolder, temporary } = watchingPlace(watched);
  const states = alarms.map(({ name, state, since, reason, latest }) => {
    return [name, { state, since, reason, value: latest ?? null }] as const;
  });
  const kept: WatchedAlarms = {
    ...{ kind: 'watched-alarms', schemaVersion: 1 },
    ...{ at: at.toISOString(), alarms: Object.fromEntries(states) },
  };
  await writeJson(inFolder(statesName), kept, { temporary });
}

export async function keepChanges(watched: Watched, changes: readonly AlarmChange[]): Promise<void> {
  const lines = changes.map((change) => JSON.stringify(change));
  await appendLines(watchingPlace(watched).inFolder(historyName), lines);
}

/** Every change that a watcher of this environment saw, oldest first; of one alarm alone where it is named. */
export async function readChanges(watched: Watched, alarm?: string): Promise<AlarmChange[]> {
  const bytes = await readIfThere(watchingPlace(watched).inFolder(historyName));
  const lines = (bytes?.toString('utf8') ?? '').split('\n');
  return lines.flatMap(changeIn).filter((change) => alarm === undefined || change.alarm === alarm);
}

/** None for a line that a killed process left torn. */
function changeIn(line: string): AlarmChange[] {
  try {
    const read = alarmChangeSchema.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}
