import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { evaluationRange } from '../../alarms/evaluate-alarm.js';
import { replayAlarm } from '../../alarms/replay-alarm.js';
import { InputError } from '../../common/errors.js';
import { namesIn } from '../../common/files.js';
import { alarmDefinitionSchema } from '../../project/schema.js';
import type { AlarmReader, AlarmWriter } from '../ports.js';
import { readJson, writeJson } from './json-files.js';
import { readMetrics } from './metric-files.js';
import { pointsOf } from './metric-statistics.js';
import { byBytes } from '../keys.js';
import { pageOf } from '../paging.js';
import type { Place } from './place.js';

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
/** `alarms/<name>.json`: definition, last recorded state and the way there, in one file so that they cannot disagree. */
const alarmSchema = z.object({
  definition: alarmDefinitionSchema,
  state: stateSchema,
  since: z.string(),
  /** Up to when its transitions are recorded. */
  evaluatedAt: z.string().optional(),
  history: z.array(z.object({ at: z.string(), from: stateSchema, to: stateSchema, reason: z.string() })),
});
type Alarm = z.infer<typeof alarmSchema>;

const keptTransitions = 1000;
/** What an alarm would have said longer ago than this is not worked out any more. */
const replayedMs = 7 * 86_400_000;

/** States follow from stored metrics, the last recorded state and now; reading records nothing. */
export function alarmReader(place: Place): AlarmReader {
  return {
    async list(options) {
      const page = pageOf(await alarmNames(place), (name) => name, options);
      const alarms = await Promise.all(page.items.map((name) => mustRead(place, name)));
      const replayed = await Promise.all(alarms.map((alarm) => replay(place, alarm, new Date())));
      return {
        ...page,
        items: alarms.map(({ definition }, i) => ({ name: definition.name, definition, ...replayed[i]!.now })),
      };
    },
    async history(name, options) {
      const alarm = await mustRead(place, name);
      const { transitions } = await replay(place, alarm, new Date());
      const numbered = [...alarm.history, ...transitions].map((item, index) => ({ item, index })).reverse();
      const page = pageOf(numbered, ({ index }) => String(index), options);
      return { ...page, items: page.items.map(({ item }) => item) };
    },
  };
}

export function alarmWriter(place: Place): AlarmWriter {
  const save = (alarm: Alarm) => writeJson(pathOf(place, alarm.definition.name), alarm, { temporary: place.temporary });
  return {
    async put(definitions) {
      for (const definition of definitions) {
        const before = await readJson(pathOf(place, definition.name), alarmSchema);
        const now = new Date();
        const fresh: Omit<Alarm, 'definition'> = { state: 'INSUFFICIENT_DATA', since: now.toISOString(), history: [] };
        if (before === undefined) await save({ ...fresh, definition });
        else await save({ ...(await recorded(place, before, now)), definition });
      }
    },
    async remove(names) {
      for (const name of names) await rm(pathOf(place, name), { force: true });
    },
    async record() {
      const now = new Date();
      const alarms = await Promise.all((await alarmNames(place)).map((name) => mustRead(place, name)));
      return Promise.all(
        alarms.map(async (alarm) => {
          const { now: after, transitions } = await replay(place, alarm, now);
          await save(withTransitions(alarm, after, transitions, now));
          return { name: alarm.definition.name, definition: alarm.definition, ...after };
        }),
      );
    },
  };
}

/** What an alarm said until now is judged by the definition that it had then. */
async function recorded(place: Place, alarm: Alarm, now: Date): Promise<Alarm> {
  const { now: after, transitions } = await replay(place, alarm, now);
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

/** One reading of the stored observations serves every minute since the alarm was last evaluated. */
async function replay(place: Place, alarm: Alarm, now: Date) {
  const { definition, state, since } = alarm;
  const last = Math.max(Date.parse(alarm.evaluatedAt ?? since), now.getTime() - replayedMs);
  const evaluatedAt = new Date(Math.min(last, now.getTime())).toISOString();
  const { from } = evaluationRange(definition, new Date(evaluatedAt));
  const observations = await readMetrics(place, definition, from.getTime(), now.getTime());
  observations.sort((left, right) => left.at - right.at);
  const pointsAt = (moment: Date) => {
    const range = evaluationRange(definition, moment);
    const [begin, end] = [range.from, range.to].map((at) => firstFrom(observations, at.getTime()));
    return pointsOf(observations.slice(begin, end), { ...definition, ...range });
  };
  return replayAlarm(definition, pointsAt, { state, since, evaluatedAt }, now);
}

/** Place of the first observation at or after a moment. */
function firstFrom(observations: readonly { at: number }[], moment: number): number {
  let [low, high] = [0, observations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (observations[middle]!.at < moment) low = middle + 1;
    else high = middle;
  }
  return low;
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
  const alarm = await readJson(pathOf(place, name), alarmSchema);
  if (alarm) return alarm;
  throw new InputError(`there is no alarm ${name}`);
}
