import type { AlarmState } from '../platform/ports/alarms.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { Environment, Writers } from '../platform/ports/environment.js';
import { collect, everyItem } from '../platform/ports/pages.js';
import type { ProjectFile } from '../project/schema.js';
import { alarmsOf, ownAlarms } from './alarms-of.js';

/** Every alarm of the environment, and which of them are the project's. */
export interface FoundAlarms {
  ours: AlarmState[];
  others: AlarmState[];
}

/**
 * The project's alarms are those that mlops.json asks for, those that watch one of its endpoints, and those made of such.
 * Told by names alone: asking an account for the tags of each would cost a call an alarm.
 */
export async function findAlarms(
  file: ProjectFile,
  environment: Environment,
  options: CallOptions = {},
): Promise<FoundAlarms> {
  const all = await collect((page) => environment.alarms.list(page), options);
  if (environment.kind === 'local') return { ours: all, others: [] };
  const endpoints = await endpointNames(file, environment, options);
  return parted(all, new Set(alarmsOf(file).map(({ name }) => name)), endpoints);
}

/** Which of these alarms are asked for, watch one of these endpoints, or are made of such alarms. */
export function parted(
  all: readonly AlarmState[],
  asked: ReadonlySet<string>,
  endpoints: ReadonlySet<string>,
): FoundAlarms {
  const own = new Set(asked);
  const isOwn = ({ name, definition, rule }: AlarmState) =>
    own.has(name) ||
    endpoints.has(definition?.dimensions.EndpointName ?? '') ||
    (rule?.endpoints.some((endpoint) => endpoints.has(endpoint)) ?? false) ||
    (rule?.alarms.some((alarm) => own.has(alarm)) ?? false);
  // An alarm of alarms can be made of such, so it is looked at until nothing is added.
  for (let before = -1; before !== own.size;) {
    before = own.size;
    for (const alarm of all) if (isOwn(alarm)) own.add(alarm.name);
  }
  return { ours: all.filter(({ name }) => own.has(name)), others: all.filter(({ name }) => !own.has(name)) };
}

/** Takes away our alarms that watch an endpoint, for it is going, and what is made of them; those of others are theirs. Returns their names. */
export async function removeAlarmsOn(
  endpoint: string,
  environment: Environment,
  writers: Pick<Writers, 'alarms'>,
): Promise<string[]> {
  const own = await ownAlarms(environment);
  const there = await collect((page) => environment.alarms.list(page));
  const alarms = there.filter(({ name }) => own?.has(name) ?? true);
  // What is made of one that goes could never go off again, or never end.
  const names = parted(alarms, new Set(), new Set([endpoint])).ours.map(({ name }) => name);
  if (names.length > 0) await writers.alarms.remove(names);
  return names;
}

/** Who may not list endpoints still has the one of mlops.json. */
async function endpointNames(file: ProjectFile, environment: Environment, options: CallOptions): Promise<Set<string>> {
  const names = new Set([file.endpoint.name]);
  try {
    for await (const { name, ours } of everyItem((page) => environment.endpoints.list(page), options))
      if (ours) names.add(name);
  } catch {
    options.signal?.throwIfAborted();
  }
  return names;
}
