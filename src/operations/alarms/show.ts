import type { AlarmDocument } from '../../documents/alarm.js';
import { alarmDocument } from '../../pipeline/alarm-document.js';
import { alarmsOf } from '../../pipeline/alarms-of.js';
import { alarmMeasured } from '../../pipeline/dashboard/alarm-measured.js';
import { readChanges, readResults } from '../../pipeline/watching/alarms/kept.js';
import { readWatcher } from '../../pipeline/watching/kept.js';
import { alarmDefinitionSchema } from '../../project/alarms/alarm-schema.js';
import { reads, type At } from '../operation.js';

/** So many of the newest actions are told. */
const mostDone = 50;

/**
 * One alarm, the project's own or not: its state, since when, why, how it came into it, what it judges over time, and who
 * watches. @throws InputError for none
 */
export const showAlarm = reads('alarms.show', async (at, { name }: { name: string }): Promise<AlarmDocument> => {
  const { environment, signal } = at;
  const alarm = await alarmDocument(environment, name, { signal });
  const stated = alarmDefinitionSchema.safeParse(alarm.definition).data;
  const definition = stated ?? alarmsOf(at.project.file).find((one) => one.name === name);
  const [measured, watcher, history, done] = await Promise.all([
    definition && alarmMeasured(environment, definition, new Date(), { signal }),
    readWatcher(at),
    withKept(at, alarm),
    readResults(at, name),
  ]);
  const looked = watcher?.duties.find((duty) => duty.name === 'alarms')?.at ?? null;
  return {
    ...alarm,
    history,
    ...(measured && { measured }),
    ...(done.length > 0 && { done: done.reverse().slice(0, mostDone) }),
    ...(watcher && { watcher: { at: looked, lives: watcher.pid !== null } }),
  };
});

/** What the environment has forgotten of its changes, a watcher here may have kept. */
async function withKept(at: At, { name, history }: AlarmDocument): Promise<AlarmDocument['history']> {
  const oldest = history.at(-1)?.at;
  const kept = (await readChanges(at, name)).filter((change) => oldest === undefined || change.at < oldest);
  return [...history, ...kept.reverse().map(({ at: when, from, to, reason }) => ({ at: when, from, to, reason }))];
}
