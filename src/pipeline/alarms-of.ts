import { endpointAlarms } from '../alarms/endpoint-alarms.js';
import type { AlarmDefinition, ProjectFile } from '../project/schema.js';

/** The alarms that mlops.json asks for: its own list, or those of a served model. */
export function alarmsOf({ alarms, endpoint }: ProjectFile): AlarmDefinition[] {
  return alarms === 'endpoint' ? endpointAlarms(endpoint.name, 'AllTraffic') : alarms;
}
