import { readJson, writeJson } from '../../../common/json-files.js';
import {
  actionResultSchema,
  alarmChangeSchema,
  watchedAlarmsSchema,
  type ActionResult,
  type AlarmChange,
  type WatchedAlarms,
} from '../../../documents/watching/watched-alarms.js';
import type * as z from 'zod';
import { appendBounded, boundedLines } from '../bounded-lines.js';
import { watchingPlace, type Watched } from '../place.js';

const statesName = 'alarms.json';
const historyName = 'alarm-history.jsonl';
const actionsName = 'alarm-actions.jsonl';

/** How alarms stood when they were last looked at, and what is still to be done. */
export async function readWatchedAlarms(watched: Watched): Promise<WatchedAlarms> {
  const path = watchingPlace(watched).inFolder(statesName);
  const kept = await readJson(path, watchedAlarmsSchema, 'remove it: every alarm is then looked at as if it were new');
  return kept ?? { kind: 'watched-alarms', schemaVersion: 1, at: '', alarms: {}, pending: [] };
}

export async function keepWatchedAlarms(watched: Watched, kept: WatchedAlarms): Promise<void> {
  const { inFolder, temporary } = watchingPlace(watched);
  await writeJson(inFolder(statesName), kept, { temporary });
}

export const keepChanges = (watched: Watched, changes: readonly AlarmChange[]): Promise<void> =>
  append(watched, historyName, changes);

export const keepResult = (watched: Watched, result: ActionResult): Promise<void> =>
  append(watched, actionsName, [result]);

/** Every change that a watcher of this environment saw and that is still kept, oldest first; of one alarm alone where it is named. */
export const readChanges = (watched: Watched, alarm?: string): Promise<AlarmChange[]> =>
  read(watched, historyName, alarmChangeSchema, alarm);

/** What came of every action that a watcher of this environment did, as far as it is kept, oldest first. */
export const readResults = (watched: Watched, alarm?: string): Promise<ActionResult[]> =>
  read(watched, actionsName, actionResultSchema, alarm);

function append(watched: Watched, name: string, documents: readonly object[]): Promise<void> {
  return appendBounded(watchingPlace(watched).inFolder(name), documents);
}

async function read<Line extends { alarm: string }>(
  watched: Watched,
  name: string,
  schema: z.ZodType<Line>,
  alarm: string | undefined,
): Promise<Line[]> {
  const lines = await boundedLines(watchingPlace(watched).inFolder(name));
  const found = lines.flatMap((line) => documentIn(line, schema));
  return alarm === undefined ? found : found.filter((one) => one.alarm === alarm);
}

/** None for a line that a killed process left torn. */
function documentIn<Line>(line: string, schema: z.ZodType<Line>): Line[] {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
