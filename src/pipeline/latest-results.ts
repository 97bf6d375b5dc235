import { keys } from '../documents/keys.js';
import { monitoringResultsSchema, type MonitoringResults } from '../documents/monitoring.js';
import { everyItem, type Environment } from '../platform/ports.js';
import { readDocument } from './store.js';

/** The newest monitoring results of the environment. */
export async function latestResults(environment: Environment): Promise<MonitoringResults | undefined> {
  const { objects } = environment;
  let newest: string | undefined;
  for await (const entry of everyItem((page) => objects.list(keys.monitoringRuns, { ...page, folders: true }))) {
    newest = entry.key;
  }
  if (newest === undefined) return undefined;
  return readDocument(objects, `${newest}monitoring_results.json`, monitoringResultsSchema);
}
