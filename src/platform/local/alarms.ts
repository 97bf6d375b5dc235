import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { evaluateAlarm, evaluationRange } from '../../alarms/evaluate-alarm.js';
import { InputError } from '../../common/errors.js';
import { namesIn } from '../../common/files.js';
import { alarmDefinitionSchema } from '../../project/schema.js';
import type { AlarmReader, AlarmState, AlarmWriter, MetricReader } from '../ports.js';
import { readJson, writeJson } from './json-files.js';
import { pageOf } from './paging.js';
import type { Place } from './place.js';
import { byBytes } from './walk.js';

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
/** `alarms/<name>.json`: definition, last recorded state and the way there, in one file so that they cannot disagree. */
const alarmSchema = z.object({
  definition: alarmDefinitionSchema,
  state: stateSchema,
  since: z.string(),
  history: z.array(z.object({ at: z.string(), from: stateSchema, to: stateSchema, reason: z.string() })),
});
type Alarm = z.infer<typeof alarmSchema>;

const keptTransitions = 1000;

/** States follow from stored metrics, the last recorded state and now; reading records nothing. */
export function alarmReader(place: Place, metrics: MetricReader): AlarmReader {
  return {
    async list(options) {
      const page = pageOf(await alarmNames(place), (name) => name, options);
      const alarms = await Promise.all(page.items.map((name) => mustRead(place, name)));
      return { ...page, items: await evaluateAll(alarms, metrics) };
    },
    async history(name, options) {
      const { history } = await mustRead(place, name);
      const numbered = history.map((item, index) => ({ item, index })).reverse();
      const page = pageOf(numbered, ({ index }) => String(index), options);
      return { ...page, items: page.items.map(({ item }) => item) };
    },
  };
}

export function alarmWriter(place: Place, metrics: MetricReader): AlarmWriter {
  const save = (alarm: Alarm) => writeJson(pathOf(place, alarm.definition.name), alarm, { temporary: place.temporary });
  return {
    async put(definitions) {
      for (const definition of definitions) {
        const before = await readJson(pathOf(place, definition.name), alarmSchema);
        const fresh: Omit<Alarm, 'definition'> = {
          state: 'INSUFFICIENT_DATA',
          since: new Date().toISOString(),
          history: [],
        };
        await save({ ...(before ?? fresh), definition });
      }
    },
    async remove(names) {
      for (const name of names) await rm(pathOf(place, name), { force: true });
    },
    async record() {
      const alarms = await Promise.all((await alarmNames(place)).map((name) => mustRead(place, name)));
      const states = await evaluateAll(alarms, metrics);
      for (const [index, { state, since, reason }] of states.entries()) {
        const before = alarms[index]!;
        if (state === before.state) continue;
        const transition = { at: since, from: before.state, to: state, reason };
        await save({ ...before, state, since, history: [...before.history, transition].slice(-keptTransitions) });
      }
      return states;
    },
  };
}

function evaluateAll(alarms: Alarm[], metrics: MetricReader): Promise<AlarmState[]> {
  const now = new Date();
  return Promise.all(
    alarms.map(async ({ definition, state, since }) => {
      const points = await metrics.query({ ...definition, ...evaluationRange(definition, now) });
      return { definition, ...evaluateAlarm(definition, points, { state, since }, now) };
    }),
  );
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
