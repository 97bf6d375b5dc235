import { join } from 'node:path';
import * as z from 'zod';
import { ownBand } from '../../alarms/own-band.js';
import { ruleOfAlarm } from '../../alarms/rule-of-alarm.js';
import { DamagedFile, InputError } from '../../common/errors.js';
import { livesHere, withClaim } from '../../common/claim.js';
import { namesIn, remove } from '../../common/files.js';
import { isPlainAlarm, projectAlarmSchema, type ProjectAlarm } from '../../project/alarms/alarm-schema.js';
import type { AlarmReader, AlarmWriter } from '../ports/alarms.js';
import type { CallOptions } from '../ports/calls.js';
import { readJson, writeJson } from '../../common/json-files.js';
import { replay } from './alarm-replay.js';
import { byBytes } from '../shared/keys.js';
import { pageOf } from '../shared/paging.js';
import type { Place } from './place.js';

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
/** `alarms/<name>.json`: definition, last recorded state and the way there, in one file so that they cannot disagree. */
const alarmSchema = z.object({
  definition: projectAlarmSchema,
  state: stateSchema,
  since: z.string(),
  /** Up to when its transitions are recorded. */
  evaluatedAt: z.string().optional(),
  /** Absent in files of before it was recorded. */
  createdAt: z.string().optional(),
  history: z.array(z.object({ at: z.string(), from: stateSchema, to: stateSchema, reason: z.string() })),
});
type Alarm = z.infer<typeof alarmSchema>;

const keptTransitions = 1000;

/** States follow from stored metrics, the last recorded state and now; reading records nothing. */
export function alarmReader(place: Place): AlarmReader {
  return {
    async list(options) {
      const page = pageOf(await alarmNames(place), (name) => name, options);
      const shown = async (name: string) => {
        const alarm = await mustRead(place, name);
        return { ...said(alarm.definition), ...(await replay(place, alarm, new Date(), finder(place))).now };
      };
      return { ...page, items: await Promise.all(page.items.map((name) => shown(name).catch(damaged(name)))) };
    },
    async history(name, options) {
      const alarm = await mustRead(place, name);
      const { transitions } = await replay(place, alarm, new Date(), finder(place));
      const numbered = [...alarm.history, ...transitions].map((item, index) => ({ item, index })).reverse();
      const page = pageOf(numbered, ({ index }) => String(index), options);
      return { ...page, items: page.items.map(({ item }) => item) };
    },
  };
}

export function alarmWriter(place: Place): AlarmWriter {
  const save = (alarm: Alarm) => writeJson(pathOf(place, alarm.definition.name), alarm, { temporary: place.temporary });
  // A watcher records while a run may write what it wants watched: one after the other, or one would undo the other.
  const file = { path: place.alarming, temporary: place.temporary, lives: livesHere };
  const alone = <Result>(work: () => Promise<Result>, { signal }: CallOptions = {}) =>
    withClaim(file, 'write alarms', work, signal);
  const putOne = async (definition: ProjectAlarm) => {
    const before = await readAlarm(place, definition.name).catch(asIfNew);
    const now = new Date();
    const at = now.toISOString();
    const fresh: Omit<Alarm, 'definition'> = { state: 'INSUFFICIENT_DATA', since: at, createdAt: at, history: [] };
    if (before === undefined) await save({ ...fresh, definition });
    else await save({ ...(await recorded(place, before, now)), definition });
  };
  const recordAll = async () => {
    const now = new Date();
    const recordOne = async (name: string) => {
      const alarm = await mustRead(place, name);
      const { now: after, transitions } = await replay(place, alarm, now, finder(place));
      const next = withTransitions(alarm, after, transitions, now);
      return { next, state: { ...said(alarm.definition), ...after } };
    };
    const names = await alarmNames(place);
    // All are judged before any is written: what is made of others looks at how they were until now.
    const judged = await Promise.all(
      names.map((name) => recordOne(name).catch((error) => ({ next: undefined, state: damaged(name)(error) }))),
    );
    for (const { next } of judged) if (next !== undefined) await save(next);
    return judged.map(({ state }) => state);
  };
  return {
    put: (definitions, options) =>
      alone(async () => {
        for (const definition of definitions) await putOne(definition);
      }, options),
    remove: (names, options) =>
      alone(async () => {
        for (const name of names) await remove(pathOf(place, name));
      }, options),
    record: (options) => alone(recordAll, options),
  };
}

/** What an alarm said until now is judged by the definition that it had then. */
async function recorded(place: Place, alarm: Alarm, now: Date): Promise<Alarm> {
  const { now: after, transitions } = await replay(place, alarm, now, finder(place));
  return withTransitions(alarm, after, transitions, now);
}

function withTransitions(
  alarm: Alarm,
  { state, since }: Pick<Alarm, 'state' | 'since'>,
  transitions: Alarm['history'],
  now: Date,
): Alarm {
  const history = [...alarm.history, ...transitions].slice(-keptTransitions);
  return { ...alarm, state, since, evaluatedAt: now.toISOString(), history };
}

function said(definition: ProjectAlarm) {
  const { name } = definition;
  return isPlainAlarm(definition)
    ? { name, definition }
    : { name, rule: ruleOfAlarm(definition, ownBand), asked: definition };
}

/** One that cannot be read says nothing, and hides no other. */
const damaged = (name: string) => (error: unknown) => {
  if (!(error instanceof DamagedFile)) throw error;
  const rule = { kind: 'expression' as const, text: 'its file cannot be read', endpoints: [], alarms: [] };
  return { name, rule, state: 'INSUFFICIENT_DATA' as const, since: new Date(0).toISOString(), reason: error.message };
};

/** What it said before is lost with its file; its definition comes from mlops.json. */
function asIfNew(error: unknown): undefined {
  if (!(error instanceof DamagedFile)) throw error;
}

function finder(place: Place) {
  return (name: string) => readAlarm(place, name);
}

function readAlarm(place: Place, name: string): Promise<Alarm | undefined> {
  return readJson(pathOf(place, name), alarmSchema, 'to make it anew run: mlops alarm apply');
}

/** An alarm's name may hold what a file's name cannot. */
function pathOf(place: Place, name: string): string {
  return join(place.alarms, `${encodeURIComponent(name)}.json`);
}

async function alarmNames(place: Place): Promise<string[]> {
  const names = (await namesIn(place.alarms)).filter((name) => name.endsWith('.json'));
  return names.map((name) => decodeURIComponent(name.slice(0, -'.json'.length))).sort(byBytes);
}

async function mustRead(place: Place, name: string): Promise<Alarm> {
  const alarm = await readAlarm(place, name);
  if (alarm) return alarm;
  throw new InputError(`there is no alarm ${name}`);
}
