import { endpointAlarms } from '../alarms/endpoint-alarms.js';
import { everyItem, type Environment, type Writers } from '../platform/ports.js';
import type { AlarmDefinition, ProjectFile } from '../project/schema.js';
import type { StageContext } from './stage.js';

/** The alarms that mlops.json asks for: its own list, or those of a served model. */
export function alarmsOf({ alarms, endpoint }: ProjectFile): AlarmDefinition[] {
  return alarms === 'endpoint' ? endpointAlarms(endpoint.name, 'AllTraffic') : alarms;
}

/** Whether the environment watches exactly what mlops.json asks for. */
export async function alarmsUpToDate(context: StageContext): Promise<boolean> {
  const text = (definitions: AlarmDefinition[]) => definitions.map(definitionText).sort().join();
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
  const watching = (await defined(environment)).filter(
    ({ name, dimensions }) => dimensions.EndpointName === endpoint && (own?.has(name) ?? true),
  );
  const names = watching.map(({ name }) => name);
  if (names.length > 0) await writers.alarms.remove(names);
  return names;
}

async function defined(environment: Environment): Promise<AlarmDefinition[]> {
  const definitions: AlarmDefinition[] = [];
  for await (const { definition } of everyItem((page) => environment.alarms.list(page)))
    if (definition !== undefined) definitions.push(definition);
  return definitions;
}

/** Equal definitions give equal texts, in whatever order their keys stand. */
function definitionText(definition: AlarmDefinition): string {
  return JSON.stringify(Object.entries(definition).sort(([left], [right]) => (left < right ? -1 : 1)));
}
