import { endpointAlarms } from '../alarms/endpoint-alarms.js';
import { everyItem, type AlarmState, type Environment, type Writers } from '../platform/ports.js';
import { alarmText, type ProjectAlarm } from '../project/alarm-schema.js';
import type { ProjectFile } from '../project/schema.js';
import type { StageContext } from './stage.js';

/** The alarms that mlops.json asks for: its own list, or those of a served model. */
export function alarmsOf({ alarms, endpoint }: ProjectFile): ProjectAlarm[] {
  return alarms === 'endpoint' ? endpointAlarms(endpoint.name, 'AllTraffic') : alarms;
}

/** Whether the environment watches exactly what mlops.json asks for. */
export async function alarmsUpToDate(context: StageContext): Promise<boolean> {
  const text = (definitions: ProjectAlarm[]) => definitions.map(alarmText).sort().join();
  const wanted = alarmsOf(context.project.file);
  const names = new Set(wanted.map(({ name }) => name));
  const { environment } = context;
  // In an account alarms of others stand beside ours.
  const ours = (await defined(environment)).filter(({ name }) => environment.kind === 'local' || names.has(name));
  return text(ours) === text(wanted);
}

/** Makes the environment watch what mlops.json asks for, and nothing that it no longer does. */
export async function applyAlarms({ environment, writers, project, signal }: StageContext): Promise<void> {
  const wanted = alarmsOf(project.file);
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

/** Takes away our alarms that watch an endpoint, for it is going; those of others are theirs. Returns their names. */
export async function removeAlarmsOn(
  endpoint: string,
  environment: Environment,
  writers: Pick<Writers, 'alarms'>,
): Promise<string[]> {
  const tagged = await environment.cloud?.resources.tagged({ kinds: ['alarm'] });
  const own = tagged && new Set(tagged.map(({ name }) => name));
  const alarms: AlarmState[] = [];
  for await (const alarm of everyItem((page) => environment.alarms.list(page)))
    if (own?.has(alarm.name) ?? true) alarms.push(alarm);
  const going = new Set(alarms.filter((alarm) => watches(alarm, endpoint)).map(({ name }) => name));
  // What is made of one that goes could never go off again, or never end.
  for (let before = 0; before < going.size;) {
    before = going.size;
    for (const { name, rule } of alarms) if (rule?.alarms.some((part) => going.has(part))) going.add(name);
  }
  const names = [...going];
  if (names.length > 0) await writers.alarms.remove(names);
  return names;
}

function watches({ definition, rule }: AlarmState, endpoint: string): boolean {
  return definition?.dimensions.EndpointName === endpoint || rule?.endpoints.includes(endpoint) === true;
}

/** What `mlops.json` could have asked for. */
async function defined(environment: Environment): Promise<ProjectAlarm[]> {
  const definitions: ProjectAlarm[] = [];
  for await (const { definition, asked } of everyItem((page) => environment.alarms.list(page))) {
    const said = definition ?? asked;
    if (said !== undefined) definitions.push(said);
  }
  return definitions;
}
