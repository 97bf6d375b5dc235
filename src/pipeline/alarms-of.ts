import { endpointAlarms } from '../alarms/endpoint-alarms.js';
import type { Environment } from '../platform/ports/environment.js';
import { everyItem } from '../platform/ports/pages.js';
import { alarmText, type ProjectAlarm } from '../project/alarm-schema.js';
import type { ProjectFile } from '../project/schema.js';
import type { Looking, StageContext } from './stage.js';

/** The alarms that mlops.json asks for: its own list, or those of a served model. */
export function alarmsOf({ alarms, endpoint }: ProjectFile): ProjectAlarm[] {
  return alarms === 'endpoint' ? endpointAlarms(endpoint.name, 'AllTraffic') : alarms;
}

/** Whether the environment watches exactly what mlops.json asks for. */
export async function alarmsUpToDate(context: Looking): Promise<boolean> {
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

/** What `mlops.json` could have asked for. */
async function defined(environment: Environment): Promise<ProjectAlarm[]> {
  const definitions: ProjectAlarm[] = [];
  for await (const { definition, asked } of everyItem((page) => environment.alarms.list(page))) {
    const said = definition ?? asked;
    if (said !== undefined) definitions.push(said);
  }
  return definitions;
}
