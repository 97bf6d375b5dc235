import { askedAlarms } from '../alarms/asked-alarms.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { Environment } from '../platform/ports/environment.js';
import { collect } from '../platform/ports/pages.js';
import {
  alarmText,
  type AlarmDefinition,
  type AlarmTopics,
  type ProjectAlarm,
  type WantedAlarm,
} from '../project/alarms/alarm-schema.js';
import { momentsOf, type AlarmMoment } from '../project/alarms/actions-schema.js';
import type { ProjectFile } from '../project/schema.js';
import type { Looking, StageContext } from './stage.js';

/** The alarms that mlops.json asks for: its own list, or those of a served model. */
export function alarmsOf(file: ProjectFile): ProjectAlarm[] {
  return askedAlarms(file).map(({ alarm }) => alarm);
}

/** The same with the topics of SNS that each tells by itself, as an account has them. */
function alarmsWithTopics(file: ProjectFile): WantedAlarm[] {
  return askedAlarms(file).map(({ alarm, then }) => {
    const topicsAt = (moment: AlarmMoment) =>
      then.flatMap((name) => {
        const action = file.actions?.[name];
        return action?.kind === 'sns' && momentsOf(action).includes(moment) ? [action.topic] : [];
      });
    const topics: AlarmTopics = { alarm: topicsAt('alarm'), ok: topicsAt('ok'), noData: topicsAt('no-data') };
    return Object.values(topics).flat().length === 0 ? alarm : { ...alarm, topics };
  });
}

/** What an environment is to watch. */
export interface WantedAlarms {
  wanted: WantedAlarm[];
  /** Alarms of others that watch the endpoint as one of the usual set would, which is then not made beside it. */
  reused: { name: string; instead: string }[];
}

/**
 * The alarms of a project in an environment: those that mlops.json lists, each; of the usual set of a served model those
 * that nobody has made yet.
 */
export async function wantedAlarms(
  file: ProjectFile,
  environment: Environment,
  options: CallOptions = {},
): Promise<WantedAlarms> {
  if (environment.cloud === undefined) return { wanted: alarmsOf(file), reused: [] };
  const all = alarmsWithTopics(file);
  if (file.alarms !== 'endpoint') return { wanted: all, reused: [] };
  const there = await collect((page) => environment.alarms.list(page), options);
  const made = new Set(there.map(({ name }) => name));
  const twins = all.flatMap((alarm) => {
    // One of ours that stands goes on.
    if (made.has(alarm.name)) return [];
    const twin = there.find(({ definition }) => definition !== undefined && watchesSame(definition, alarm));
    return twin === undefined ? [] : [{ name: twin.name, instead: alarm.name }];
  });
  const ours = twins.length === 0 ? new Set<string>() : await ownAlarms(environment, options);
  const reused = twins.filter(({ name }) => !ours?.has(name));
  const dropped = new Set(reused.map(({ instead }) => instead));
  return { wanted: all.filter(({ name }) => !dropped.has(name)), reused };
}

/** Names of the alarms that carry the project's tag; undefined where nothing is tagged. */
export async function ownAlarms({ cloud }: Environment, options: CallOptions = {}): Promise<Set<string> | undefined> {
  const tagged = await cloud?.resources.tagged({ ...options, kinds: ['alarm'] });
  return tagged && new Set(tagged.map(({ name }) => name));
}

/** The same metric of the same endpoint, and the same side of a limit; how far it may go is its maker's to say. */
function watchesSame(theirs: AlarmDefinition, ours: ProjectAlarm): boolean {
  if (!('metric' in ours) || 'band' in ours) return false;
  const key = ({ namespace, metric, dimensions, operator }: AlarmDefinition) =>
    JSON.stringify([namespace, metric, Object.entries(dimensions).sort(), operator.startsWith('<')]);
  return key(theirs) === key(ours);
}

/** Whether the environment watches exactly what mlops.json asks for. */
export async function alarmsUpToDate({
  project,
  environment,
  signal,
}: Pick<Looking, 'project' | 'environment' | 'signal'>): Promise<boolean> {
  const text = (definitions: WantedAlarm[]) => definitions.map(alarmText).sort().join();
  const { wanted } = await wantedAlarms(project.file, environment, { signal });
  const names = new Set(wanted.map(({ name }) => name));
  // In an account alarms of others stand beside ours.
  const ours = (await defined(environment)).filter(({ name }) => environment.kind === 'local' || names.has(name));
  return text(ours) === text(wanted);
}

type Applying = Pick<StageContext, 'environment' | 'writers' | 'project' | 'signal'> & {
  report: Pick<StageContext['report'], 'message'>;
};

/** Makes the environment watch what mlops.json asks for, and nothing that it no longer does. */
export async function applyAlarms({ environment, writers, project, signal, report }: Applying): Promise<void> {
  const { wanted, reused } = await wantedAlarms(project.file, environment, { signal });
  for (const { name, instead } of reused)
    report.message('info', `alarm ${name} of others watches the endpoint already, so ${instead} is not made`);
  const names = new Set(wanted.map(({ name }) => name));
  // A local environment is the project's alone; elsewhere alarms of others stand beside ours.
  const dropped =
    environment.kind === 'local' ? (await defined(environment)).filter(({ name }) => !names.has(name)) : [];
  await writers.alarms.put(wanted, { signal });
  if (dropped.length > 0) {
    const gone = dropped.map(({ name }) => name);
    await writers.alarms.remove(gone, { signal });
  }
}

/** What `mlops.json` could have asked for. */
async function defined(environment: Environment): Promise<ProjectAlarm[]> {
  const there = await collect((page) => environment.alarms.list(page));
  return there.map(({ definition, asked }) => definition ?? asked).filter((said) => said !== undefined);
}
